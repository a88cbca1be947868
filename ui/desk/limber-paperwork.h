/* LimberPaperwork: what the desk does about whole days: day's end, typing in from paper, who is in the building, and printing. */
#pragma once

#include <gtk/gtk.h>

#include "limber-desk-page.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_PAPERWORK (limber_paperwork_get_type ())
G_DECLARE_FINAL_TYPE (LimberPaperwork, limber_paperwork, LIMBER, PAPERWORK, GtkWidget)

guint limber_paperwork_get_earlier (LimberPaperwork *paperwork);

/* Which of its pages is in sight its actions choose.
 *
 * Actions, in the window while it is in there: day.end, day.building, day.retype, day.print, day.print-tomorrow,
 * day.print-building(b ask), and about an appointment (s, "" for the one that is selected at day's end) day.did-not-come,
 * day.was-seen, day.came, day.cancelled-by-patient, day.cancelled-by-us. */

G_END_DECLS
