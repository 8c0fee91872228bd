"""Brings decoded frames to the screen: what is cached at once, all else from the decode thread."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

from PySide6.QtCore import QElapsedTimer, QObject, Signal, Slot
from PySide6.QtGui import QImage

from core.errors import CancelledError, RotoflowError
from core.types import Image
from desktop.playback.ahead import PicturesAhead
from desktop.playback.pictures import to_picture
from desktop.session.session import EditorSession
from desktop.settings.core_texts import core_message
from desktop.theme import theme

_PATIENCE_MS = 200
"""How long a person who drags the playhead goes without a picture before one is finished that is passed already."""
_STEPS = 24
"""Frames back up to which a person who goes there is taken to be going back: what jumps further begins anew."""
_WORTH_IT = 4
"""Frames to be decoded on the way from which on a keyframe is shown first."""


class FrameFeed(QObject):
    """Asks for one frame at a time and, when it has come, for the newest one wanted meanwhile.

    So frames are passed over while the decoder is behind, and the last one wanted is always the last one shown. While
    the clip plays drafts will do, which cost the decode thread a fraction; what it stops at is shown again, exactly.
    While a person scrubs, the keyframe before a frame stands in until that is decoded, if it is nearer than what is on
    the screen; and a frame that was passed is given up, unless nothing was shown for a while.
    """

    ready = Signal(int, object)
    """A frame as a QImage."""
    sharpened = Signal(int, object)
    """The frame that is on the screen as a draft, exactly; all else is as it was."""
    failed = Signal(str)
    """A frame cannot be read any more, as when the clip was taken away: a grey one comes in its place."""

    _decoded = Signal(int, int, object, bool, str)

    def __init__(self, session: EditorSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.ahead = PicturesAhead(session, self)
        """The next pictures while the clip plays."""
        self.loop: Callable[[], tuple[int, int] | None] = lambda: None
        """The first and the last frame of what is played round and round."""
        self._clip = 0
        self._asked: int | None = None
        self._wanted: int | None = None
        self._last, self._direction = 0, 1
        self._playing = self._scrubbing = False
        self._exact = True
        """Whether the frame wanted last was requested exactly."""
        self._draft_shown: int | None = None
        self._shown: int | None = None
        self._since_shown = QElapsedTimer()
        self._given_up = Event()
        self._decoded.connect(self._arrived)
        session.project_changed.connect(self._reset)

    @property
    def pending(self) -> bool:
        """Whether a frame that was wanted is not there yet."""
        return self._asked is not None

    def set_playing(self, speed: float) -> None:
        """Frames follow each other with the clock from now on, backward if `speed` is negative, or no longer, if 0."""
        self._playing = speed != 0
        if self._playing:
            self._direction = -1 if speed < 0 else 1
            self._read_on(self._last)
            return
        self.ahead.clear()
        if not self._exact:
            self._fetch(self._last)

    def renew(self) -> None:
        """The clip gives other pictures from now on: the frame on the screen is fetched again."""
        self.ahead.clear()
        self.want(self._session.frame_index)

    def set_scrubbing(self, scrubbing: bool) -> None:
        """A person drags the playhead, or has let go of it."""
        self._scrubbing = scrubbing

    def want(self, frame_index: int) -> None:
        """Shows a frame as soon as it is available; whatever was wanted before no longer is."""
        if not self._playing:
            self._direction = -1 if 0 < frame_index < self._last <= frame_index + _STEPS else 1
        self._last = frame_index
        self._draft_shown = None
        self._fetch(frame_index)

    def _fetch(self, frame_index: int) -> None:
        cache, draft = self._session.cache, self._playing
        if cache is None:
            return
        self._exact = not draft
        picture = self._at_hand(frame_index, draft)
        if picture is not None:
            self._wanted = None
            self._show(frame_index, picture, draft)
            self._read_on(frame_index)
        elif self._asked is None:
            stand_in = self._stand_in(frame_index)
            if stand_in is None:
                self._ask(frame_index, draft)
            else:
                self._wanted = frame_index
                self._ask(stand_in, draft=True)
        else:
            self._wanted = frame_index
            if self._scrubbing and self._since_shown.isValid() and self._since_shown.elapsed() < _PATIENCE_MS:
                self._given_up.set()

    def _at_hand(self, frame_index: int, draft: bool) -> QImage | None:
        """The picture of a frame that is decoded already."""
        made = self.ahead.take(frame_index) if draft else None
        if made is not None:
            return made
        cache = self._session.cache
        image = None if cache is None else cache.get(frame_index, draft)
        return None if image is None else to_picture(image)

    def _read_on(self, frame_index: int) -> None:
        """Has what comes next decoded while nobody waits."""
        cache = self._session.cache
        if cache is None:
            return
        loop = self.loop() if self._playing else None
        cache.prefetch(frame_index, self._direction, self._playing, loop)
        if self._playing:
            self.ahead.want(frame_index, self._direction, loop)

    def _stand_in(self, frame_index: int) -> int | None:
        """A frame that is decoded at once, if it gives a better idea of the one wanted than what is on the screen."""
        video = self._session.video
        if not self._scrubbing or video is None:
            return None
        keyframe = video.quick_frame(frame_index)
        far = frame_index - keyframe
        nearer = self._shown is None or far < abs(frame_index - self._shown)
        return keyframe if far >= _WORTH_IT and nearer else None

    def _show(self, frame_index: int, picture: QImage, draft: bool) -> None:
        sharpens = not draft and frame_index == self._draft_shown
        self._draft_shown = frame_index if draft else None
        self._shown = frame_index
        self._since_shown.start()
        (self.sharpened if sharpens else self.ready).emit(frame_index, picture)

    def _show_none(self, frame_index: int) -> None:
        """Where there is no picture any more, masks can be seen and worked on all the same."""
        video = self._session.video
        if video is not None:
            picture = QImage(*video.size, QImage.Format.Format_RGB32)
            picture.fill(theme.SURFACE)
            self._show(frame_index, picture, draft=False)

    def _ask(self, frame_index: int, draft: bool) -> None:
        cache, clip = self._session.cache, self._clip
        assert cache is not None
        self._asked = frame_index
        self._given_up = Event()

        def decoded(index: int, image: Image | None, error: RotoflowError | None) -> None:
            # in the decode thread: the conversion is done here, and the signal takes it to the UI thread
            picture = None if image is None else to_picture(image)
            error_text = "" if error is None or isinstance(error, CancelledError) else core_message(error.message)
            self._decoded.emit(clip, index, picture, draft, error_text)

        cache.request(frame_index, decoded, draft, self._given_up.is_set)

    @Slot(int, int, object, bool, str)
    def _arrived(self, clip: int, frame_index: int, picture: QImage | None, draft: bool, error: str) -> None:
        if clip != self._clip or frame_index != self._asked:
            return
        self._asked = None
        newest, self._wanted = self._wanted, None
        if picture is None:
            if error:
                self.failed.emit(error)
                if frame_index == self._last and newest is None:
                    self._show_none(frame_index)
        elif frame_index == self._last or newest is not None:
            # not if a frame wanted since was cached, and is on the screen already
            self._show(frame_index, picture, draft)
        if newest is not None:
            self._fetch(newest)
        else:
            self._read_on(self._last)

    def _reset(self) -> None:
        self._clip += 1
        self._asked = self._wanted = None
        self._last = 0
        self._exact, self._draft_shown, self._shown = True, None, None
