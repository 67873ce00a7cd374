"""Pytest plugin: of a page, the test client keeps what its view gave it, not a copy for every piece it is made of.

Django keeps one for each template, hundreds for a page with a form; `response.context` is asked for the view's.
"""

from collections.abc import Iterator

import pytest
from django.template import Context, Template
from django.utils.safestring import SafeString


@pytest.fixture(scope="session", autouse=True)
def _pieces_are_not_kept(django_test_environment: None) -> Iterator[None]:
    kept = Template._render

    def render(self: Template, context: Context) -> SafeString:
        # A piece is rendered with the context of the template that holds it.
        is_piece = context.template is not self
        return self.nodelist.render(context) if is_piece else kept(self, context)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", render)
        yield
