/* LimberPages: the pages of the desk at work. One is in sight; opening another leaves it. */
#pragma once

#include <gtk/gtk.h>

#include "limber-day.h"
#include "limber-deeds.h"
#include "limber-finding.h"
#include "limber-today-page.h"

G_BEGIN_DECLS

/**
 * LimberPage:
 * @LIMBER_PAGE_TODAY: today's list
 * @LIMBER_PAGE_PERSON: one person
 * @LIMBER_PAGE_FIND: somebody who is not on this computer
 * @LIMBER_PAGE_COMPARE: two records that may be one person
 * @LIMBER_PAGE_PAPERS: what is done about whole days
 */
typedef enum {
  LIMBER_PAGE_TODAY,
  LIMBER_PAGE_PERSON,
  LIMBER_PAGE_FIND,
  LIMBER_PAGE_COMPARE,
  LIMBER_PAGE_PAPERS,
} LimberPage;

#define LIMBER_TYPE_PAGES (limber_pages_get_type ())
G_DECLARE_FINAL_TYPE (LimberPages, limber_pages, LIMBER, PAGES, GtkWidget)

void             limber_pages_start        (LimberPages *pages, LimberStore *store, LimberStaffMember *member, LimberDay *day, LimberDeeds *deeds);
void             limber_pages_stop         (LimberPages *pages);
void             limber_pages_tick         (LimberPages *pages);
void             limber_pages_set_asker    (LimberPages *pages, const LimberAsker *asker);
void             limber_pages_set_site     (LimberPages *pages, const char *name);
void             limber_pages_set_sync     (LimberPages *pages, const char *text);
LimberPage       limber_pages_get_page     (LimberPages *pages);
LimberTodayPage *limber_pages_get_today    (LimberPages *pages);
LimberVisit     *limber_pages_get_visit    (LimberPages *pages);
void             limber_pages_open_person  (LimberPages *pages, const LimberId *patient);
void             limber_pages_open_find    (LimberPages *pages, const char *text);
void             limber_pages_open_compare (LimberPages *pages, const LimberId *task);
void             limber_pages_back         (LimberPages *pages);

/* Signals:
 *   "opened": another page than today's list came into sight
 *   "changed": today's list did, or another visit is selected
 *   "said" (LimberUndoBarKind kind, string text): something to tell
 *
 * Action used: win.search. Actions, in the window while it is in there: those of LimberPaperwork. */

G_END_DECLS
