"""A run that is ended from outside, or whose reader goes away."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from c2c_desktop.domain.call import CallState
from c2c_desktop.sandbox.answers import SECRET, USER_ID
from c2c_desktop.sandbox.server import Pace, SandboxServer
from tests.e2e.keyring_bus import KeyringBus
from tests.e2e.rig import HAPPY, HAPPY_E164, ONE_CALL, PATIENCE, CommandLine, HoldingService, ended, interrupt

DIAL = ("dial", *ONE_CALL, "--yes", HAPPY)


def test_ctrl_c_while_the_call_is_placed_leaves_it_uncertain(line: CommandLine) -> None:
    with HoldingService() as service:
        line.api_url = service.api_url
        with line.running(*DIAL, stdin=f"{SECRET}\n") as process:
            service.wait()
            outcome = interrupt(process)
    assert outcome.status == 130
    assert outcome.out.startswith("UNCERTAIN: Interrupted while the call was being placed.")
    assert outcome.err == ""
    (call,) = line.calls()
    assert call.state is CallState.UNCERTAIN
    assert call.ended_at is not None


def test_ctrl_c_while_the_keyring_is_silent_cancels_the_call(
    line: CommandLine, keyring: KeyringBus, service: SandboxServer
) -> None:
    line.run("account", "set", "--user-id", USER_ID, stdin=SECRET)
    keyring.freeze()
    with line.running("dial", HAPPY, "--yes", "--wait") as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("PLACING")
        outcome = interrupt(process)
    assert outcome.status == 130
    assert outcome.out.startswith("CANCELLED")
    assert service.received == []
    assert [call.state for call in line.calls()] == [CallState.CANCELLED]


def test_ctrl_c_while_the_call_is_followed_leaves_it_as_it_was_answered(line: CommandLine) -> None:
    with SandboxServer(pace=Pace.LIFELIKE) as service:
        line.api_url = service.api_url
        with line.running(*DIAL, "--wait", stdin=f"{SECRET}\n") as process:
            assert process.stdout is not None
            while "AGENT_RINGING" not in process.stdout.readline():
                assert process.poll() is None
            outcome = interrupt(process)
    assert outcome.status == 130
    assert line.calls()[0].state is CallState.AGENT_RINGING


def test_a_run_killed_while_the_service_is_asked_is_uncertain_to_the_next(line: CommandLine) -> None:
    with HoldingService() as service:
        line.api_url = service.api_url
        with line.running(*DIAL, stdin=f"{SECRET}\n") as process:
            service.wait()
            assert [call.state for call in line.calls()] == [CallState.PLACING]
            process.kill()
            process.wait()
    (told,) = line.run("history").out.splitlines()
    assert "Uncertain" in told
    assert [call.state for call in line.calls()] == [CallState.UNCERTAIN]


def test_history_leaves_a_call_alone_that_another_run_is_placing(line: CommandLine) -> None:
    with HoldingService() as service:
        line.api_url = service.api_url
        with line.running(*DIAL, "--json", stdin=f"{SECRET}\n") as process:
            service.wait()
            assert "Placing…" in line.run("history").out
            again = line.run("dial", HAPPY, "--dry-run", "--json").told
            service.release()
            assert ended(process).told["request_id"] == "held"
    assert again["reason"].startswith("A call to this number is being placed right now.")


def test_history_whose_reader_goes_away_is_quiet(line: CommandLine) -> None:
    line.dial(HAPPY, "--yes")
    line.multiply_calls(5000)
    words = ["bash", "-c", '"$@" | head -1; echo "${PIPESTATUS[0]}"', "bash", *line.command("history")]
    done = subprocess.run(words, capture_output=True, text=True, env=line.environment, timeout=PATIENCE, check=False)
    first, status = done.stdout.splitlines()
    assert "+91 98402 22222" in first
    assert (status, done.stderr) == ("1", "")


def test_a_dial_whose_reader_goes_away_still_calls_and_says_so_in_its_status(
    line: CommandLine, service: SandboxServer
) -> None:
    read, write = os.pipe()
    os.close(read)
    process = subprocess.Popen(
        line.command(*DIAL, "--wait"),
        stdin=subprocess.PIPE,
        stdout=write,
        stderr=subprocess.PIPE,
        text=True,
        env=line.environment,
    )
    os.close(write)
    _, errors = process.communicate(f"{SECRET}\n", timeout=PATIENCE)
    assert (process.returncode, errors) == (0, "")
    assert [request["to"] for request in service.received] == [int(HAPPY_E164)]


def test_a_full_disk_behind_the_output_does_not_hide_how_the_call_went(line: CommandLine) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            line.command(*DIAL, "--json"),
            input=f"{SECRET}\n",
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            env=line.environment,
            timeout=PATIENCE,
            check=False,
        )
    assert (done.returncode, done.stderr) == (0, "")
    assert line.calls()[0].request_id


def test_without_standard_output_the_status_alone_tells(line: CommandLine, service: SandboxServer) -> None:
    words = ["sh", "-c", 'exec "$@" >&-', "sh", *line.command(*DIAL, "--json")]
    done = subprocess.run(
        words, input=SECRET, stderr=subprocess.PIPE, text=True, env=line.environment, timeout=PATIENCE, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert len(service.received) == len(line.calls()) == 1
