#include "dots.h"

#include <math.h>

static double
light (guint32 dot)
{
  static double table[256];

  for (guint i = 0; table[255] == 0 && i < G_N_ELEMENTS (table); i++)
    table[i] = i <= 10 ? i / 255.0 / 12.92 : pow ((i / 255.0 + 0.055) / 1.055, 2.4);
  return 0.0722 * table[dot & 0xff] + 0.7152 * table[dot >> 8 & 0xff] + 0.2126 * table[dot >> 16 & 0xff];
}

static double
contrast (guint32 one, guint32 other)
{
  double first = light (one), second = light (other);

  return (MAX (first, second) + 0.05) / (MIN (first, second) + 0.05);
}

static guint32
most_frequent (const Dots *dots, int left, int top, int right, int bottom)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
  guint32 best = 0;
  guint most = 0;

  for (int y = top; y < bottom; y += 2)
    for (int x = left; x < right; x += 2) {
      guint32 dot = dots->dots[y * dots->width + x];
      guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, GUINT_TO_POINTER (dot))) + 1;

      g_hash_table_insert (counts, GUINT_TO_POINTER (dot), GUINT_TO_POINTER (count));
      if (count > most) {
        most = count;
        best = dot;
      }
    }
  return best;
}

/**
 * dots_contrast_in:
 * @box: where
 *
 * Returns: the contrast of the strongest colour there against the most frequent one: the middle of a stroke, which no smoothing thins;
 *   a very good one where nothing was drawn
 */
double
dots_contrast_in (const Dots *dots, const graphene_rect_t *box)
{
  int left = MAX (0, (int) box->origin.x), top = MAX (0, (int) box->origin.y);
  int right = MIN (dots->width, (int) (box->origin.x + box->size.width)), bottom = MIN (dots->height, (int) (box->origin.y + box->size.height));
  double found = 1;
  guint32 ground;

  if (right <= left || bottom <= top)
    return 21; /* below the screen's edge */
  ground = most_frequent (dots, left, top, right, bottom);
  for (int y = top; y < bottom; y++)
    for (int x = left; x < right; x++)
      if (dots->dots[y * dots->width + x] != ground)
        found = MAX (found, contrast (ground, dots->dots[y * dots->width + x]));
  return found;
}

/**
 * dots_changed:
 * @least: the contrast, of a dot before and after
 *
 * Returns: how many dots changed so much
 */
guint
dots_changed (const Dots *one, const Dots *other, double least)
{
  guint changed = 0;

  for (int i = 0; i < one->width * one->height; i++)
    changed += one->dots[i] != other->dots[i] && contrast (one->dots[i], other->dots[i]) >= least;
  return changed;
}

void
dots_read (Dots *dots, GdkTexture *drawn)
{
  dots->width = gdk_texture_get_width (drawn);
  dots->height = gdk_texture_get_height (drawn);
  dots->dots = g_new (guint32, (gsize) dots->width * (gsize) dots->height);
  gdk_texture_download (drawn, (guchar *) dots->dots, (gsize) dots->width * 4);
}

void
dots_clear (Dots *dots)
{
  g_clear_pointer (&dots->dots, g_free);
}
