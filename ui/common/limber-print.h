/* Printing a LimberPaper. Nothing waits for the printer: how it went is told afterwards. */
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

void limber_print (GtkWindow *window, LimberPaper *paper, const char *name, gboolean at_once, LimberPrintDone done, gpointer data, GDestroyNotify destroy);

G_END_DECLS
