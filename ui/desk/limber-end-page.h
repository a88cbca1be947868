/* LimberEndPage: day's end: what nobody has closed, one line each, and how many are left. */
#pragma once

#include <gtk/gtk.h>

#include "limber-open-visits.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_END_PAGE (limber_end_page_get_type ())
G_DECLARE_FINAL_TYPE (LimberEndPage, limber_end_page, LIMBER, END_PAGE, GtkWidget)

void         limber_end_page_set_open     (LimberEndPage *page, LimberOpenVisits *open);
void         limber_end_page_show         (LimberEndPage *page);
LimberVisit *limber_end_page_get_selected (LimberEndPage *page);
LimberVisit *limber_end_page_find         (LimberEndPage *page, const LimberId *appointment);
char        *limber_end_page_dup_reason   (LimberEndPage *page);

/* Actions used: day.did-not-come, day.was-seen, day.came, day.cancelled-by-patient, day.cancelled-by-us, all (s appointment, "" for the
 * selected one). Property: "selected", a LimberVisit. */

G_END_DECLS
