/* LimberFinder: the search, joined with who is on today's list here. */
#pragma once

#include "limber-day.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_FINDER (limber_finder_get_type ())
G_DECLARE_FINAL_TYPE (LimberFinder, limber_finder, LIMBER, FINDER, GObject)

LimberFinder *limber_finder_new      (LimberStore *store, LimberDay *day);
GListModel   *limber_finder_find     (LimberFinder *finder, const char *text, gboolean *more);
gboolean      limber_finder_is_ready (LimberFinder *finder);

/* Signal: "updated": what is found may have changed. */

G_END_DECLS
