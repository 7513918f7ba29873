"""From the tray to the families with one "no" among four children: a spot under a finger, and few taps."""

import io
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from media_policy.covering.paint import COLOUR
from tests.browser.conftest import DESK, PHONE, axe
from tests.browser.test_main_job import Hand
from tests.browser.test_staff import begin, choose, photo
from tests.browser.walk import Walk, walking

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]
MOST_TAPS = 16
LANGUAGES = pytest.mark.parametrize("locale", ["sv-SE", "nb-NO"])


def who(shot: Any, name: str) -> Any:
    return shot.locator(".shot-who .choice-chip", has_text=name)


def at_face(page: Page, across: float, down: float) -> tuple[float, float]:
    page.locator(".cover-canvas").scroll_into_view_if_needed()
    box = page.locator(".cover-canvas").bounding_box()
    assert box is not None
    return box["x"] + box["width"] * across, box["y"] + box["height"] * down


def flat(page: Page, address: str, across: float, down: float) -> bool:
    """Whether the served picture has the colour of a spot at this place."""
    image = Image.open(io.BytesIO(page.request.get(address).body())).convert("RGB")
    found = image.getpixel((round(image.width * across), round(image.height * down)))
    return all(abs(one - other) < 20 for one, other in zip(found, COLOUR, strict=True))  # type: ignore[arg-type]


def pictures_of(visit: Any, site: Any, login: str, title: str) -> tuple[Page, list[str]]:
    page = visit(login)
    page.goto(f"{site.url}/family/")
    page.locator("main a:visible", has_text=login.removeprefix("with-").title()).first.click()
    entry = page.locator("article", has_text=title)
    expect(entry.locator(".mosaic img").first).to_be_visible()
    return page, entry.locator(".mosaic img").evaluate_all("imgs => imgs.map(img => img.src)")


@LANGUAGES
def test_four_children_three_pictures_and_one_no_take_few_taps(
    visit: Any, site: Any, locale: str, record_property: Any
) -> None:
    walk = walking(visit, site, "vera", locale, PHONE, has_touch=True)
    page, title = walk.page, f"Vattenhjulet {locale}"
    walk.go(f"/staff/groups/{site.world['covering']['group']}/tray/")
    page.set_input_files("#id_pictures", [photo("1.jpg"), photo("2.jpg", "tomato"), photo("3.jpg", "skyblue")])
    expect(page.locator(".tray-pictures img")).to_have_count(3, timeout=60_000)

    hand = Hand(page)
    hand.tap(page.locator(".tray-face").first)
    hand.tap(walk.button("Make an entry of the chosen"))
    page.wait_for_selector("[data-composer=ready]", state="attached")
    page.locator("#id_title").fill(title)
    for name in ("Ella", "Finn", "Greta", "Hugo"):
        hand.tap(page.locator(".child-chip", has=page.get_by_text(name, exact=True)))
    first, second, third = (page.locator(".shot").nth(number) for number in range(3))
    hand.tap(first.locator("[data-all]"))
    hand.tap(who(second, "Ella"))
    hand.tap(who(second, "Finn"))
    hand.tap(third.locator("[data-same]"))
    told = walk.said("Other families do not get it: %(names)s may not be shown to them.", names="Hugo")
    hand.tap(first.locator("[data-cover]"))

    page.wait_for_selector("[data-cover=ready]", state="attached")
    walk.sees("%(names)s may not be shown to other families.", names="Hugo")
    walk.clean()
    hand.taps += 1
    page.touchscreen.tap(*at_face(page, 0.3, 0.4))
    expect(page.locator(".cover-spot")).to_have_count(1)
    walk.clean()
    hand.tap(walk.button("Keep both: this is for who may not see the whole one"))

    page.wait_for_selector("[data-composer=ready]", state="attached")
    expect(page.locator("#id_title")).to_have_value(title)
    expect(page.locator(".stand-ins li")).to_have_count(1)
    expect(page.get_by_text(told)).to_have_count(0)
    # At its end the page has nothing under the bar that floats over it.
    page.evaluate("() => scrollTo(0, document.body.scrollHeight)")
    assert axe(page) == []
    hand.tap(page.locator("[data-next]"))
    sheet = page.locator("dialog#audience")
    share = sheet.locator("form[action$='/share/'] button")
    expect(share).to_be_visible()
    expect(sheet.locator(".staying")).to_have_count(0)
    hand.tap(share)
    expect(page.locator(".album img")).to_have_count(3)
    assert hand.taps <= MOST_TAPS
    record_property("measured", f"four children, three pictures, one no, from the tray to shared: {hand.taps} taps")

    ella, hers = pictures_of(visit, site, "with-ella", title)
    hugo, his = pictures_of(visit, site, "with-hugo", title)
    assert (len(hers), len(his)) == (3, 3)
    assert flat(ella, hers[0], 0.3, 0.4)
    assert not flat(hugo, his[0], 0.3, 0.4)
    assert hers[0] != his[0]
    assert hers[1:] == his[1:]
    assert ella.request.get(his[0]).status == 404
    assert hugo.request.get(hers[0]).status == 404


def begun(walk: Walk, site: Any, *names: str) -> None:
    page = walk.page
    begin(page, site)
    page.set_input_files("#id_pictures", [photo("1.jpg")])
    expect(page.locator(".shot")).to_have_count(1, timeout=60_000)
    choose(page, *names)
    page.locator(".shot [data-all]").click()


def test_with_keys_alone_what_may_not_be_photographed_is_covered_and_then_shared(visit: Any, site: Any) -> None:
    walk = walking(visit, site, "vera", "en-GB", DESK)
    page = walk.page
    begun(walk, site, "Ella", "Ivar")
    page.locator("#id_text").fill("With keys alone.")
    page.locator("[data-next]").click()
    page.locator("dialog#audience").get_by_role("link", name="Crop or cover").first.click()
    page.wait_for_selector("[data-cover=ready]", state="attached")

    page.get_by_role("button", name="Add a spot").press("Enter")
    spot = page.locator(".cover-spot")
    expect(spot).to_be_focused()
    assert walk.clean()
    before = spot.evaluate("one => [one.cx, one.cy, one.rx].map(part => part.baseVal.value)")
    for key in ("ArrowLeft", "ArrowUp", "Shift+ArrowRight"):
        page.keyboard.press(key)
    after = spot.evaluate("one => [one.cx, one.cy, one.rx].map(part => part.baseVal.value)")
    assert after[1] < before[1]
    assert after[2] > before[2]
    page.keyboard.press("Delete")
    expect(spot).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(spot).to_have_count(1)

    page.get_by_role("button", name="Crop", exact=True).press("Enter")
    page.get_by_role("button", name="Upper left corner").press("ArrowRight")
    expect(page.get_by_role("button", name="Upper left corner")).to_be_focused()
    expect(page.locator("[data-said]")).to_contain_text("Only what is in the frame stays.")
    assert walk.clean()
    expect(page.get_by_role("checkbox", name="Ella")).to_be_checked()
    page.get_by_role("button", name="Use it and erase the whole one").click()
    expect(page.get_by_text("Ivar may not be photographed.")).to_have_count(0)
    page.get_by_role("button", name="Share with 2 families").click()
    expect(page.locator(".album img")).to_have_count(1)


def test_a_drag_draws_moves_and_resizes_and_a_tap_takes_away(visit: Any, site: Any) -> None:
    walk = walking(visit, site, "vera", "en-GB", PHONE)
    page = walk.page
    begun(walk, site, "Ella", "Hugo")
    page.locator(".shot [data-cover]").click()
    page.wait_for_selector("[data-cover=ready]", state="attached")

    def drag(start: tuple[float, float], end: tuple[float, float]) -> None:
        page.mouse.move(*at_face(page, *start))
        page.mouse.down()
        page.mouse.move(*at_face(page, *end), steps=4)
        page.mouse.up()

    def drawn() -> Any:
        return page.locator("input[name=drawn]").evaluate("field => JSON.parse(field.value || '{}').spots ?? []")

    drag((0.2, 0.2), (0.4, 0.5))
    [spot] = drawn()
    assert [round(spot[side], 1) for side in ("x", "y", "width", "height")] == [0.2, 0.2, 0.2, 0.3]
    drag((0.3, 0.3), (0.5, 0.3))
    assert round(drawn()[0]["x"], 1) == 0.4
    drag((0.6, 0.5), (0.8, 0.6))
    assert [round(drawn()[0][side], 1) for side in ("width", "height")] == [0.4, 0.4]
    page.mouse.click(*at_face(page, 0.5, 0.3))
    assert drawn() == []
    page.get_by_role("button", name="Undo").click()
    assert len(drawn()) == 1
