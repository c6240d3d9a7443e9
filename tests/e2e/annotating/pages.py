"""An annotator at the keyboard of a real browser."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page

FOCUSED = "document.activeElement.getAttribute('name') || ''"
PAGE = ".leadproof"


@contextmanager
def at_keyboard(browser: "Browser", url: str, email: str, password: str, *, width: int = 1280) -> "Iterator[Page]":
    """A browser window of somebody who has logged in, by keyboard alone; what a page's scripts report is collected."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    alarms: list[str] = []  # dialogs that a page has opened: none of ours does

    def alarmed(dialog: "Dialog") -> None:
        alarms.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", alarmed)
    page.goto(f"{url}/user/login/")
    tab_to(page, "email")
    page.keyboard.type(email)
    tab_to(page, "password")
    page.keyboard.type(password)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    yield page
    assert alarms == []
    context.close()


def tab_to(page: "Page", name: str) -> int:
    """Press Tab until the field of that name has the focus; gives how often."""
    for times in range(30):
        if page.evaluate(FOCUSED) == name:
            return times
        page.keyboard.press("Tab")
    raise AssertionError(f"no way to {name} by Tab")


def open_lane(page: "Page", address: str) -> None:
    """Begin with the tasks of a project."""
    page.goto(address)
    page.wait_for_selector(PAGE)
    close_guide(page)
    wait_for_image(page)


def close_guide(page: "Page") -> None:
    """The guidelines come up first; Escape closes them."""
    page.wait_for_timeout(300)
    if page.locator("[role=dialog], .lsf-modal-ls, .ant-modal").count():
        page.keyboard.press("Escape")
        page.wait_for_timeout(300)


def wait_for_image(page: "Page") -> None:
    page.wait_for_function("() => [...document.querySelectorAll('.lp-image img')].some(one => one.naturalWidth > 0)")


def shown(page: "Page") -> str:
    """The positive question of the task that is shown."""
    return str(page.inner_text(".lp-half >> nth=0").splitlines()[1]).strip()


def submit(page: "Page") -> None:
    """Ctrl+Enter, and wait until it has arrived and the next task, if any, is there."""
    number = page.locator(".lsf-annotation-toolbar, [class*=current-task]").first.inner_text()
    with page.expect_response(lambda got: bool(re.search(r"/api/tasks/\d+/annotations", got.url))) as arrived:
        page.keyboard.press("Control+Enter")
    assert arrived.value.ok, arrived.value.text()
    page.wait_for_function(
        "(before) => { const one = document.querySelector('.lsf-annotation-toolbar, [class*=current-task]');"
        " return !one || one.innerText !== before }",
        arg=number,
    )
    page.wait_for_timeout(400)
