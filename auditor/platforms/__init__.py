"""What is known of shop platforms. Hints only: everything works for a shop whose platform nobody knows."""

from auditor.platforms.detection import Detection, detect, detect_shop, platform_named
from auditor.platforms.facts import Platform, TemplateHints, platforms

__all__ = ["Detection", "Platform", "TemplateHints", "detect", "detect_shop", "platform_named", "platforms"]
