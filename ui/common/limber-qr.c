#include "limber-qr.h"

#include <qrencode.h>

#define QUIET 4 /* modules around it that stay white, as a scanner wants them */

/**
 * limber_qr_draw:
 * @size: of the square with the quiet around it; nothing is drawn of a text that is too long for one
 *
 * Draws in black on what is there, which must be white.
 */
void
limber_qr_draw (cairo_t *cr, const char *text, double x, double y, double size)
{
  QRcode *code = QRcode_encodeString (text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
  double module = code != NULL ? size / (code->width + 2 * QUIET) : 0;

  for (int i = 0; code != NULL && i < code->width * code->width; i++)
    if (code->data[i] & 1)
      cairo_rectangle (cr, x + (i % code->width + QUIET) * module, y + (i / code->width + QUIET) * module, module, module);
  cairo_save (cr);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  cairo_fill (cr);
  cairo_restore (cr);
  QRcode_free (code);
}

/* Black on white in the dark too: scanners want it so. */
static void
draw (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer text)
{
  double size = MIN (width, height);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_rectangle (cr, (width - size) / 2, (height - size) / 2, size, size);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  limber_qr_draw (cr, text, (width - size) / 2, (height - size) / 2, size);
}

/**
 * limber_qr_show:
 * @text: (nullable): what the square says; %NULL for none
 */
void
limber_qr_show (GtkDrawingArea *area, const char *text)
{
  if (text != NULL)
    gtk_drawing_area_set_draw_func (area, draw, g_strdup (text), g_free);
  else
    gtk_drawing_area_set_draw_func (area, NULL, NULL, NULL);
}
