"""Talking to a Label Studio, one's own or another's, through its SDK.

In: an address and an API key. Out: projects, tasks, accounts, annotations; the SDK's errors as ours.
"""

from annotation.studio.accounts import make_account
from annotation.studio.addresses import check_way, image_addresses
from annotation.studio.images import ImageAddresses
from annotation.studio.projects import Guide, Project, guided, live_projects, new_project, read_projects
from annotation.studio.studio import Studio, open_studio

__all__ = [
    "Guide",
    "ImageAddresses",
    "Project",
    "Studio",
    "check_way",
    "guided",
    "image_addresses",
    "live_projects",
    "make_account",
    "new_project",
    "open_studio",
    "read_projects",
]
