/* LimberFindPage: asks the central service for somebody who is not on this computer. */
#pragma once

#include <gtk/gtk.h>

#include "limber-finding.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_FIND_PAGE (limber_find_page_get_type ())
G_DECLARE_FINAL_TYPE (LimberFindPage, limber_find_page, LIMBER, FIND_PAGE, GtkWidget)

void limber_find_page_open    (LimberFindPage *page, LimberStore *store, const LimberAsker *asker, const LimberId *staff, const char *text);
void limber_find_page_close   (LimberFindPage *page);

/* Signal: "arrived" (LimberId *patient): who was sought is on this computer now. */

G_END_DECLS
