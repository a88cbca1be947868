/* Printing a LimberPaper, or another thing that has pages. Nothing waits for the printer: how it went is told afterwards. */
#pragma once

#include <gtk/gtk.h>

#include "limber-paper.h"

G_BEGIN_DECLS

/**
 * LimberPrintDone:
 * @error: (nullable): why nothing was printed, in the reader's words; %NULL when it was handed to the printer, or when the
 *   reader herself said that it should not be
 * @printed: whether it was handed over
 */
typedef void (*LimberPrintDone) (gboolean printed, const GError *error, gpointer data);

typedef guint (*LimberPaginateFunc) (gpointer object, double width, double height);
typedef void (*LimberDrawFunc) (gpointer object, cairo_t *cr, guint page);

/**
 * LimberPrintable:
 * @object: (owned): what is printed
 * @paginate: says how many pages it takes on what may be printed on, in points
 * @draw: draws one of them
 */
typedef struct {
  gpointer           object;
  LimberPaginateFunc paginate;
  LimberDrawFunc     draw;
  GDestroyNotify     free;
} LimberPrintable;

void limber_print_upright (GtkWindow *window, const LimberPrintable *printable, const char *name, LimberPrintDone done, gpointer data, GDestroyNotify destroy);
void limber_print (GtkWindow *window, LimberPaper *paper, const char *name, gboolean at_once, LimberPrintDone done, gpointer data, GDestroyNotify destroy);

G_END_DECLS
