"""A browser in two words, for the list of one's own sessions."""

BROWSERS = (("edg", "Edge"), ("opr", "Opera"), ("firefox", "Firefox"), ("fxios", "Firefox"), ("samsung", "Samsung"),
            ("chrome", "Chrome"), ("crios", "Chrome"), ("safari", "Safari"))  # fmt: skip
SYSTEMS = (("iphone", "iPhone"), ("ipad", "iPad"), ("android", "Android"), ("cros", "ChromeOS"),
           ("windows", "Windows"), ("mac os", "Mac"), ("linux", "Linux"))  # fmt: skip


def words(user_agent: str) -> str:
    """As "Firefox, Android"; "" when the browser says nothing that we know."""
    said = user_agent.lower()
    found = (next((name for sign, name in table if sign in said), "") for table in (BROWSERS, SYSTEMS))
    return ", ".join(name for name in found if name)
