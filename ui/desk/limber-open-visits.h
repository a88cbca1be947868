/* LimberOpenVisits: the visits that nobody has closed, as the clock goes on: today's that are over, and those of earlier days. */
#pragma once

#include <gtk/gtk.h>

#include "limber-store.h"
#include "limber-visit.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_OPEN_VISITS (limber_open_visits_get_type ())
G_DECLARE_FINAL_TYPE (LimberOpenVisits, limber_open_visits, LIMBER, OPEN_VISITS, GObject)

LimberOpenVisits *limber_open_visits_new           (LimberStore *store);
GListModel       *limber_open_visits_get_list      (LimberOpenVisits *open);
guint             limber_open_visits_count_earlier (LimberOpenVisits *open);
gboolean          limber_open_visits_is_loaded     (LimberOpenVisits *open);
const GError     *limber_open_visits_get_error     (LimberOpenVisits *open);
void              limber_open_visits_tick          (LimberOpenVisits *open);
void              limber_open_visits_reload        (LimberOpenVisits *open);

/* Signal: "changed": the counts or the state are others now; the list tells of itself. */

G_END_DECLS
