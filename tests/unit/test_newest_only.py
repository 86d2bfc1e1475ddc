"""Only the newest question is answered, and never two are worked on at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from c2c_desktop.services.newest_only import NewestOnly
from c2c_desktop.services.ports import Lane
from tests.fakes import ManualRunner


class Asker:
    def __init__(self) -> None:
        self.runner = ManualRunner()
        self.newest: NewestOnly[str] = NewestOnly(self.runner, Lane.DATABASE, 5.0)
        self.answers: list[str] = []
        self.errors: list[str] = []
        self.worked: list[str] = []

    def ask(self, text: str, fails: Exception | None = None) -> None:
        def job() -> str:
            self.worked.append(text)
            if fails is not None:
                raise fails
            return text

        self.newest.ask(job, self.answers.append, lambda error: self.errors.append(repr(error)))


@pytest.fixture
def asker() -> Asker:
    return Asker()


def test_an_answer_that_was_overtaken_is_never_told(asker: Asker) -> None:
    asker.ask("old")
    asker.ask("new")
    asker.runner.finish()
    assert asker.answers == ["new"]


def test_a_failure_that_was_overtaken_is_never_told(asker: Asker) -> None:
    asker.ask("old", OSError("gone"))
    asker.ask("new")
    asker.runner.finish()
    assert (asker.answers, asker.errors) == (["new"], [])


def test_questions_between_are_never_worked_on_and_one_waits_at_a_time(asker: Asker) -> None:
    for number in range(50):
        asker.ask(str(number))
        assert len(asker.runner.jobs) == 1
    asker.runner.finish()
    assert asker.worked == ["0", "49"]
    assert asker.answers == ["49"]


def test_after_a_failure_and_a_lapse_others_are_answered(asker: Asker) -> None:
    asker.ask("bad", ValueError("no"))
    asker.runner.finish()
    asker.ask("late")
    asker.runner.expire(Lane.DATABASE)
    asker.ask("good")
    asker.runner.finish()
    assert asker.errors == ["ValueError('no')", "TimeoutError()"]
    assert asker.answers == ["good"]


@pytest.mark.parametrize("finish", [lambda asker: asker.runner.finish(), lambda asker: asker.runner.step()])
def test_what_is_forgotten_is_told_no_more(asker: Asker, finish: Callable[[Asker], None]) -> None:
    asker.ask("old")
    asker.ask("older question that waits")
    asker.newest.forget()
    finish(asker)
    assert asker.answers == []
    assert asker.worked == ["old"]
    asker.ask("new")
    asker.runner.finish()
    assert asker.answers == ["new"]
