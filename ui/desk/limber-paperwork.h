/* LimberPaperwork: what the desk does about whole days: day's end, typing in from paper, who is in the building, and printing. */
#pragma once

#include <gtk/gtk.h>

#include "limber-deeds.h"
#include "limber-visit.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_PAPERWORK (limber_paperwork_get_type ())
G_DECLARE_FINAL_TYPE (LimberPaperwork, limber_paperwork, LIMBER, PAPERWORK, GtkWidget)

void         limber_paperwork_start       (LimberPaperwork *paperwork, LimberStore *store, LimberStaffMember *member, LimberDeeds *deeds);
void         limber_paperwork_stop        (LimberPaperwork *paperwork);
void         limber_paperwork_close       (LimberPaperwork *paperwork);
LimberVisit *limber_paperwork_get_visit   (LimberPaperwork *paperwork);
guint        limber_paperwork_get_earlier (LimberPaperwork *paperwork);
void         limber_paperwork_set_site    (LimberPaperwork *paperwork, const char *name);
void         limber_paperwork_set_sync    (LimberPaperwork *paperwork, const char *text);
void         limber_paperwork_tick        (LimberPaperwork *paperwork);

/* Signals:
 *   "opened": one of its pages is to be shown
 *   "changed": another visit is selected
 *   "earlier-changed": limber_paperwork_get_earlier() may be another now
 *   "said" (LimberUndoBarKind kind, string text): something to tell: what was printed, or why not
 *
 * Actions, in the window while it is in there: day.end, day.building, day.retype, day.print, day.print-tomorrow,
 * day.print-building(b ask), and about an appointment (s, "" for the one that is selected at day's end) day.did-not-come,
 * day.was-seen, day.came, day.cancelled-by-patient, day.cancelled-by-us. */

G_END_DECLS
