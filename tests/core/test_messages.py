from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable

import pytest

from core.errors import MediaError, RotoflowError
from core.messages import Message, join, message_of


def test_a_message_is_its_english_text_and_keeps_template_and_fields() -> None:
    message = Message("{path}: {count} frames, {share:.1f} of them", path="a.mp4", count=3, share=0.25)
    assert message == "a.mp4: 3 frames, 0.2 of them"
    assert message.template == "{path}: {count} frames, {share:.1f} of them"
    assert message.fields == {"path": "a.mp4", "count": 3, "share": 0.25}
    assert json.loads(json.dumps([message])) == [str(message)]


def test_a_template_without_fields_is_taken_as_it_is() -> None:
    assert Message("put {frame} into the name") == "put {frame} into the name"
    assert str(RotoflowError("100 % {of it}")) == "100 % {of it}"


def test_a_field_is_a_number_a_message_or_a_text(tmp_path: object) -> None:
    inner = MediaError("{path}: the clip was closed.", path="a.mp4")
    message = Message("{one} {two} {three}", one=inner, two=tmp_path, three=ValueError(Message("no {what}", what=1)))
    assert message.fields["one"] is inner.message
    assert message.fields["two"] == str(tmp_path)
    assert isinstance(message.fields["three"], Message)


def test_an_error_states_its_message() -> None:
    error = MediaError("{path}: the clip was closed.", path="a.mp4")
    assert str(error) == "a.mp4: the clip was closed."
    assert RotoflowError(error.message).message is error.message
    assert message_of(error) is error.message
    assert message_of(OSError("no space left")) == "no space left"


@pytest.mark.parametrize("pass_on", [lambda error: pickle.loads(pickle.dumps(error)), copy.deepcopy])
def test_messages_and_errors_go_to_another_process_whole(pass_on: Callable[[MediaError], MediaError]) -> None:
    found = pass_on(MediaError("{path}: {why}", path="a.mp4", why=Message("code {code}", code=3)))
    assert type(found) is MediaError and str(found) == "a.mp4: code 3"
    assert found.message.template == "{path}: {why}"
    why = found.message.fields["why"]
    assert isinstance(why, Message) and why.template == "code {code}"


def test_messages_in_a_row_stay_messages() -> None:
    row = join(Message(" or "), [Message("a folder"), ".mp4"])
    assert row == "a folder or .mp4"
    assert [type(value) for value in row.fields.values()].count(Message) == 2
    assert join(", ", []) == ""
