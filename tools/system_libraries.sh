#!/bin/sh
# Sees to the system libraries that wheels do not bring: installs them on Debian/Ubuntu as root, otherwise names the one
# line that does. Arguments say what for: venv (making a virtual environment), window (Qt), tests (a screen to test on, ffmpeg).
[ "$(uname)" = Linux ] || exit 0

packages=""
need_library() { # soname, package
    { ldconfig -p 2>/dev/null || /sbin/ldconfig -p; } | grep -q "$1" || packages="$packages $2"
}
need_command() { # command, package
    command -v "$1" >/dev/null 2>&1 || packages="$packages $2"
}

for purpose in "$@"; do
    case "$purpose" in
    venv)
        python=${PYTHON:-python3}
        "$python" -c 'import ensurepip, venv' 2>/dev/null || packages="$packages python3-venv"
        ;;
    window)
        need_library libEGL.so.1 libegl1
        need_library libGL.so.1 libgl1
        need_library libxkbcommon.so.0 libxkbcommon0
        need_library libfontconfig.so.1 libfontconfig1
        need_library libfreetype.so.6 libfreetype6
        need_library libglib-2.0.so.0 libglib2.0-0
        need_library libdbus-1.so.3 libdbus-1-3
        need_library libX11.so.6 libx11-6
        need_library libX11-xcb.so.1 libx11-xcb1
        need_library libxkbcommon-x11.so.0 libxkbcommon-x11-0
        for name in cursor:0 icccm:4 image:0 keysyms:1 randr:0 render-util:0 shape:0 sync:1 xfixes:0 xkb:1; do
            need_library "libxcb-${name%:*}.so.${name#*:}" "libxcb-${name%:*}${name#*:}"
        done
        # a window without a font shows boxes for letters
        [ -n "$(find /usr/share/fonts "$HOME/.fonts" "$HOME/.local/share/fonts" -name '*.[to]tf' 2>/dev/null | head -n 1)" ] \
            || packages="$packages fonts-dejavu-core"
        ;;
    tests)
        need_command Xvfb xvfb
        need_command xdotool xdotool
        # the reader that vouches for exports
        need_command ffprobe ffmpeg
        ;;
    esac
done

[ -n "$packages" ] || exit 0
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "Installing system libraries:$packages"
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086
    { apt-get update -qq && apt-get install -y -qq $packages; } >/tmp/rotoflow-apt.log 2>&1 && exit 0
    echo "That failed; the end of /tmp/rotoflow-apt.log says why:" >&2
    tail -n 5 /tmp/rotoflow-apt.log >&2
fi
echo "Rotoflow needs system libraries that are missing. On Debian or Ubuntu run:" >&2
echo "    sudo apt-get install$packages" >&2
exit 1
