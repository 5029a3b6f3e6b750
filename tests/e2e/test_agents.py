"""The list of agents and what it shows of one."""

from playwright.sync_api import expect

from tests.e2e.page_objects import Agents, Chat


def test_all_agents_are_listed(agents: Agents) -> None:
    expect(agents.rows).to_have_count(593)
    expect(agents.page.get_by_text("593 agents")).to_be_visible()


def test_filters_narrow_the_list_together(agents: Agents) -> None:
    agents.search("sleep").narrow("Access", "LTE")

    expect(agents.rows.filter(has_text="FAJ 121 3094")).to_have_count(1)
    expect(agents.rows).not_to_have_count(593)
    # Not the texts as they are drawn: rows outside the window are drawn when they come into it.
    names = agents.rows.all_text_contents()
    assert [name for name in names if "sleep" not in name.lower() or "LTE" not in name] == []


def test_no_match_says_so(agents: Agents) -> None:
    agents.search("no such feature anywhere")

    expect(agents.page.get_by_text("No agent fits these filters.")).to_be_visible()


def test_an_agent_shows_its_figures_and_learning_and_can_be_asked(agents: Agents) -> None:
    agents.search("FAJ 121 3094").choose("MIMO Sleep Mode")
    expect(agents.detail).to_contain_text("Success rate")
    expect(agents.detail).to_contain_text("Nothing learnt yet")
    for never_measured in ("Success rate", "Mean reward", "Validation accuracy"):
        expect(agents.figure(never_measured)).to_have_text("–")

    agents.detail.get_by_role("button", name="Ask this agent").click()
    chat = Chat(agents.page).ask("Which counters do you watch?")

    expect(chat.answer.get_by_role("heading", name="MIMO Sleep Mode")).to_be_visible()


def test_the_address_leads_to_an_agent(shared_chat: Chat) -> None:
    shared_chat.page.goto(f"{shared_chat.page.url.split('#')[0]}#agents/FAJ1213094")

    expect(Agents(shared_chat.page).detail).to_contain_text("MIMO Sleep Mode")


def test_an_address_of_no_agent_says_so_where_the_user_looks(shared_chat: Chat) -> None:
    chat = shared_chat
    chat.page.goto(f"{chat.page.url.split('#')[0]}#agents/FAJ1219999")

    expect(chat.error).to_contain_text("9999")
    expect(chat.error).to_contain_text("What to do:")
    chat.page.get_by_role("link", name="System").click()
    expect(chat.page.get_by_role("region", name="Engine")).to_be_visible()
    expect(chat.error).to_have_count(0)
