"""What is fetched while Python boots: a slow line carries everything at once, not one thing after another."""

from playwright.sync_api import Page, Route

from building.out.serving import Server
from tests.e2e.page_objects import Chat


def test_the_wheel_is_asked_for_before_python_has_booted(page: Page, server: Server) -> None:
    asked: list[str] = []
    held: list[Route] = []

    def hold_back(route: Route) -> None:
        if asked:
            route.continue_()
        else:
            held.append(route)

    def note(route: Route) -> None:
        asked.append(route.request.url)
        route.continue_()
        while held:
            held.pop().continue_()

    # Python cannot boot without its standard library, and that waits here for the wheel.
    page.route("**/python_stdlib.zip", hold_back)
    page.route("**/wheels/*.whl", note)
    Chat(page).open(server.url)

    assert len(asked) == 1
