/* LimberTroublePage: the store cannot be used: what happened, what was kept, what to do now. */
#pragma once

#include <gtk/gtk.h>

#include "limber-trouble.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_TROUBLE_PAGE (limber_trouble_page_get_type ())
G_DECLARE_FINAL_TYPE (LimberTroublePage, limber_trouble_page, LIMBER, TROUBLE_PAGE, GtkWidget)

void limber_trouble_page_tell (LimberTroublePage *page, const LimberTrouble *trouble);

/* Action used: app.open-store. */

G_END_DECLS
