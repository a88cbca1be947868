/* LimberPages: the pages of the desk at work. One is in sight; opening another leaves it. */
#pragma once

#include <gtk/gtk.h>

#include "limber-desk-page.h"
#include "limber-today-page.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_PAGES (limber_pages_get_type ())
G_DECLARE_FINAL_TYPE (LimberPages, limber_pages, LIMBER, PAGES, GtkWidget)

void             limber_pages_start     (LimberPages *pages, LimberStore *store, LimberStaffMember *member, LimberDay *day, LimberDeeds *deeds);
void             limber_pages_stop      (LimberPages *pages);
void             limber_pages_tick      (LimberPages *pages);
void             limber_pages_set_asker (LimberPages *pages, const LimberAsker *asker);
void             limber_pages_set_site  (LimberPages *pages, const char *name);
void             limber_pages_set_sync  (LimberPages *pages, const char *text, const char *age);
gboolean         limber_pages_shows     (LimberPages *pages, const char *name);
const LimberWork *limber_pages_get_work (LimberPages *pages);
LimberTodayPage *limber_pages_get_today (LimberPages *pages);
const LimberId  *limber_pages_get_person (LimberPages *pages);
LimberVisit     *limber_pages_get_visit (LimberPages *pages);
const LimberId  *limber_pages_get_person (LimberPages *pages);
void             limber_pages_open      (LimberPages *pages, const char *name, const char *about);
void             limber_pages_go        (LimberPages *pages, const char *target);
void             limber_pages_back      (LimberPages *pages);

/* A page is a LimberDeskPage with a name, in the table of limber-pages.c: "person", "find", "compare", …; "today" is today's list.
 *
 * Signals:
 *   "opened": another page than today's list came into sight
 *   "changed": today's list did, or another visit is selected
 *   "said" (LimberUndoBarKind kind, string text): something to tell
 *
 * Action used: win.search. Actions, in the window while it is in there: those of LimberPaperwork. */

G_END_DECLS
