"""What goes wrong in practice, looked for beforehand: each fault with its mend.

In: a server and how it gets images. Out: findings, good and bad.
"""

from annotation.doctor.examine import examine
from annotation.doctor.finding import Finding

__all__ = ["Finding", "examine"]
