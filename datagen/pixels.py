"""Pictures of every kind as upright pictures of eight bits a channel."""

import numpy as np
from PIL import Image, ImageOps

# What is decoded is limited at ingest, by the run's own settings.
Image.MAX_IMAGE_PIXELS = None


def in_eight_bits(found: Image.Image) -> Image.Image:
    """An RGB picture, upright, on white where it was transparent; deeper ones scaled, not clipped."""
    upright = ImageOps.exif_transpose(found)
    if upright.mode in ("RGBA", "LA", "PA", "P"):
        flat = Image.new("RGBA", upright.size, "white")
        flat.alpha_composite(upright.convert("RGBA"))
        return flat.convert("RGB")
    if upright.mode.startswith("I"):  # 16 bits a pixel
        return Image.fromarray((np.asarray(upright) // 256).clip(0, 255).astype(np.uint8)).convert("RGB")
    if upright.mode == "F":
        values = np.nan_to_num(np.asarray(upright, dtype=np.float64))
        low, high = float(values.min()), float(values.max())
        scaled = (values - low) / (high - low) * 255 if high > low else np.full_like(values, 127)
        return Image.fromarray(scaled.astype(np.uint8)).convert("RGB")
    return upright.convert("RGB")
