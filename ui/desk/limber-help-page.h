/* LimberHelpPage: help, to be read and searched. It shows nothing of anybody, and so is there before somebody has signed in, too. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIMBER_TYPE_HELP_PAGE (limber_help_page_get_type ())
G_DECLARE_FINAL_TYPE (LimberHelpPage, limber_help_page, LIMBER, HELP_PAGE, GtkWidget)

void limber_help_page_show (LimberHelpPage *page, const char *topic);

/* Signal: "left": the reader wants to go back. Among the desk's pages it goes back to today's list by itself. */

G_END_DECLS
