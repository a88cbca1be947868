/* What several lists of LimberVisits have in common: they follow a live query's rows, and the clock. */
#pragma once

#include <gtk/gtk.h>

#include "limber-visit.h"

G_BEGIN_DECLS

void         limber_visits_follow   (GListStore *visits, GListModel *rows, guint at, guint removed, guint added, gint64 now);
void         limber_visits_set_now  (GListModel *visits, gint64 now);
guint        limber_visits_position (GListModel *visits, const LimberId *appointment);
LimberVisit *limber_visits_find     (GListModel *visits, const LimberId *appointment);

G_END_DECLS
