/* LimberVisitPanel: what the desk sees and does about one visit, beside the list. */
#pragma once

#include <gtk/gtk.h>

#include "limber-act.h"
#include "limber-visit.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_VISIT_PANEL (limber_visit_panel_get_type ())
G_DECLARE_FINAL_TYPE (LimberVisitPanel, limber_visit_panel, LIMBER, VISIT_PANEL, GtkWidget)

void limber_visit_panel_set_visit   (LimberVisitPanel *panel, LimberVisit *visit, const char *today);
void limber_visit_panel_set_nothing (LimberVisitPanel *panel, const char *title, const char *text);
void limber_visit_panel_set_can_open (LimberVisitPanel *panel, gboolean can_open);
void limber_visit_panel_set_notice  (LimberVisitPanel *panel, const char *text);

/* Signal: "deed" (LimberAct act, string code, string why): what is to be done with the visit.
 * Actions used: desk.check-in, desk.did-not-attend, desk.undo-visit, desk.open. Actions of its own, for the whole window:
 * visit.next-step, visit.too-late, visit.confirm. */

void       limber_visit_panel_set_store    (LimberVisitPanel *panel, LimberStore *store, LimberStaffMember *member);

G_END_DECLS
