"""Talking to a Label Studio, one's own or another's, through its SDK.

In: an address and an API key. Out: projects, tasks, accounts, annotations; the SDK's errors as ours.
"""

from annotation.studio.accounts import make_account
from annotation.studio.images import ImageAddresses, image_addresses
from annotation.studio.projects import Project, ensure_project
from annotation.studio.studio import Studio, open_studio

__all__ = ["ImageAddresses", "Project", "Studio", "ensure_project", "image_addresses", "make_account", "open_studio"]
