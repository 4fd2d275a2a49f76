"""Image-level augmentation of whole batches: affine maps and elastic waves, on any torch device.

After Simard, Steinkraus & Platt, "Best practices for convolutional neural networks applied to
visual document analysis" (ICDAR 2003), with the displacement drawn on a coarse grid.
"""

import math

import torch
from torch import Tensor
from torch.nn import functional

SHARE = 0.85  # of the pictures that are distorted, unless a recipe says otherwise
_ROTATION = 0.13  # radians, standard deviation
_SHEAR = 0.12
_SCALE = 0.07  # logarithm
_SHIFT = 0.8  # px of the glyph
_ELASTIC = 0.6  # px of the glyph, at the coarse grid's knots; 0.9 and more knots broke digits
_ELASTIC_KNOTS = 4  # a side of the coarse grid: a knot about every nine pixels


def distort(glyphs: Tensor, generator: torch.Generator, share: float = SHARE) -> Tensor:
    """Distort a share of a batch float (N, 1, H, W), each picture in its own way.

    Nearly all of them: pictures that come back unchanged dozens of times are learned by heart, and
    MNIST's validation errors rose again. Not all: resampling blurs a little (bicubic less than
    bilinear), and a network that never saw a sharp picture misreads three times as many of them
    (both measured on MNIST's validation part). The random numbers come from `generator`, a CPU
    generator, so that every device sees the same ones.
    """
    chosen = torch.rand(len(glyphs), generator=generator) < share
    moved = glyphs.clone()
    if chosen.any():
        moved[chosen] = _distort_all(glyphs[chosen], generator)
    return moved


def _distort_all(glyphs: Tensor, generator: torch.Generator) -> Tensor:
    count, _, height, width = glyphs.shape
    normal = torch.randn(count, 6, generator=generator)
    angle, shear = normal[:, 0] * _ROTATION, normal[:, 1] * _SHEAR
    scale_x, scale_y = torch.exp(normal[:, 2] * _SCALE), torch.exp(normal[:, 3] * _SCALE)
    shift = normal[:, 4:6] * (2 * _SHIFT / width)
    cos, sin = torch.cos(angle), torch.sin(angle)
    maps = torch.empty(count, 2, 3)
    maps[:, 0, 0] = scale_x * cos
    maps[:, 0, 1] = scale_x * (shear * cos - sin)
    maps[:, 1, 0] = scale_y * sin
    maps[:, 1, 1] = scale_y * (shear * sin + cos)
    maps[:, :, 2] = shift
    knots = torch.randn(count, 2, _ELASTIC_KNOTS, _ELASTIC_KNOTS, generator=generator)
    # Each picture has its own strength: most are bent a little, a few a lot.
    strength = (
        torch.rand(count, 1, 1, 1, generator=generator) * (2 * _ELASTIC / width) * math.sqrt(2)
    )
    device = glyphs.device
    waves = functional.interpolate(
        (knots * strength).to(device), (height, width), mode="bicubic", align_corners=True
    )
    grid = functional.affine_grid(maps.to(device), list(glyphs.shape), align_corners=False)
    grid = grid + waves.permute(0, 2, 3, 1)
    sampled = functional.grid_sample(glyphs, grid, mode="bicubic", align_corners=False)
    return sampled.clamp_(0, 1)  # bicubic resampling overshoots
