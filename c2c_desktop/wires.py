"""The wires between the program's parts: which signal of one reaches which hand of another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from c2c_desktop.domain.call import Source
from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.health import HealthName

if TYPE_CHECKING:
    from c2c_desktop.app import Application


def wire_window(program: Application) -> None:
    """Join what stands in the window with what acts on it."""
    desk, pad, contacts, gestures = program.desk, program.pad, program.contacts, program.gestures
    pad.call_asked.connect(desk.ask_for)
    pad.intent.connect(desk.prepare)
    pad.route_chosen.connect(gestures.choose_route)
    pad.options_asked.connect(program.dialogs.options)
    pad.recall_asked.connect(gestures.recall)
    contacts.chosen.connect(gestures.load_contact)
    contacts.call_asked.connect(gestures.call_contact)
    contacts.edit_asked.connect(program.dialogs.contact)
    contacts.deleted.connect(gestures.offer_undo)
    contacts.said.connect(program.say)
    contacts.view.row_pointed.connect(desk.prepare)
    contacts.dial_text_asked.connect(gestures.dial_searched)
    program.recents.call_asked.connect(desk.call_again)
    program.recents.view.row_pointed.connect(desk.prepare)
    program.recents.chosen.connect(lambda call: gestures.load_number(call.e164, call.contact_name, Source.HISTORY))
    program.recents.add_asked.connect(program.dialogs.contact)
    program.recents.note_asked.connect(program.dialogs.note)
    desk.note_asked.connect(program.dialogs.note)
    program.dialogs.noted.connect(gestures.keep_note)
    program.banner.acted.connect(desk.act)
    desk.call_changed.connect(program.display.show_call)
    desk.chosen.connect(gestures.take_choice)
    desk.refused.connect(program.display.show_refusal)
    desk.sign_in_asked.connect(gestures.bring_up_sign_in)
    desk.settings_asked.connect(gestures.bring_up_settings)
    desk.said.connect(program.say)
    gestures.failed.connect(program.fail)
    program.dialogs.failed.connect(program.fail)
    program.dialogs.said.connect(program.say)
    program.dialogs.diagnostics_asked.connect(gestures.save_diagnostics)
    program.dialogs.signed_in.connect(gestures.take_sign_in)
    program.dialogs.signed_in.connect(program.door.resume)
    program.window.closing.connect(program.presence.put_away)
    program.window.settings_asked.connect(program.dialogs.settings)
    program.window.quit_asked.connect(program.quit)
    program.window.add_asked.connect(lambda: program.dialogs.contact(Contact(0, "")))


def wire_outside(program: Application) -> None:
    """Join tray, notifications, door, hotkey and the other ties to the desktop with what acts on them."""
    desk, gestures = program.desk, program.gestures
    program.status.mend_asked.connect(program.ties.mend)
    program.presence.quit_asked.connect(program.quit)
    program.tray.toggled.connect(program.presence.toggle)
    program.tray.call_asked.connect(desk.ask_for)
    program.tray.opening.connect(desk.prepare)
    program.tray.route_chosen.connect(gestures.choose_route)
    program.tray.settings_asked.connect(gestures.bring_up_settings)
    program.tray.quit_asked.connect(program.quit)
    program.links.opened.connect(program.door.take_link)
    program.door.wished.connect(program.grant)
    program.door.redundant.connect(program.quit)
    notifier = program.notifier
    notifier.acted.connect(lambda step, key: gestures.act_on_notification(step, key, notifier.activation_token))
    notifier.body_clicked.connect(lambda: program.presence.bring_up(notifier.activation_token))
    program.notifier.untold.connect(program.display.tell_in_window)
    program.theme.theme_changed.connect(program.tray.retint)
    program.core.accounts.listen(program.take_settings)
    program.core.journal.watch_others(program.show_journal)
    program.tray.quick_asked.connect(program.quick.open)
    program.tray.pause_chosen.connect(gestures.pause_notifications)
    program.tray.mend_asked.connect(lambda name: program.ties.mend(HealthName(name)))
    program.quick.call_asked.connect(desk.ask_for)
    program.quick.edit_asked.connect(gestures.edit_contact)
    program.quick.prepare_asked.connect(desk.prepare)
    program.quick.route_chosen.connect(gestures.choose_route)
    program.quick.sign_in_asked.connect(gestures.bring_up_sign_in)
    program.ties.copied.connect(program.copied.offer)
    program.copied.chosen.connect(gestures.load_number)
    program.ties.failed.connect(program.fail)
    program.ties.session_ending.connect(program.keep_all)
    program.ties.settings_asked.connect(gestures.bring_up_settings)
    program.ties.sign_in_asked.connect(gestures.bring_up_sign_in)
    program.dialogs.capturing.connect(lambda on: program.ties.rest_keys(resting=on))
    desk.call_changed.connect(program.ties.take_call)
