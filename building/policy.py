"""The headers of dist/ and its content security policy, in every form in which they go out.

The server sends them; the build writes them into the service worker, which puts them on what it keeps, and
the policy into index.html, for servers that send no headers, and into elex-offline.html.
"""

from collections.abc import Mapping

# What Pyodide and NumPy run under; it also applies to the workers, whose responses carry it.
DIRECTIVES = {
    "default-src": "'none'",
    "script-src": "'self' 'wasm-unsafe-eval'",
    "worker-src": "'self'",
    "connect-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "app",
}


def written(directives: Mapping[str, str]) -> str:
    """Return a policy as headers and pages hold it (CSP level 3, section 2.2)."""
    return "; ".join(f"{name} {value}" for name, value in directives.items())


# COOP and COEP make the page cross-origin isolated, which gives it exact timers.
KEPT_HEADERS = {
    "Content-Security-Policy": written(DIRECTIVES),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
HEADERS = {
    **KEPT_HEADERS,
    # Keep, but ask each time: a page must never mix the files of two builds.
    "Cache-Control": "no-cache",
}


def of_page() -> dict[str, str]:
    """Return the directives for a meta element; frame-ancestors only works as a header (section 3.3)."""
    return {name: value for name, value in DIRECTIVES.items() if name != "frame-ancestors"}


def of_single_file(*, script: str, style: str) -> dict[str, str]:
    """Return the directives for the one file, which connects to nothing and holds one script and one style.

    Args:
        script: source expression of the script, such as its hash; `style`: that of the style.
    """
    own = {
        "script-src": f"{script} 'wasm-unsafe-eval'",
        "worker-src": "blob:",
        "connect-src": "'none'",
        "style-src": style,
        "img-src": "data: blob:",
        "trusted-types": "app elex-single-file",
    }
    return {
        name: own.get(name, value) for name, value in of_page().items() if name != "manifest-src"
    }
