/* LimberDeskPage: what each page of the desk beside today's list does. LimberPages, in whose stack it stands under its name, calls it. */
#pragma once

#include <gtk/gtk.h>

#include "limber-day.h"
#include "limber-deeds.h"
#include "limber-finding.h"
#include "limber-staff-member.h"
#include "limber-undo-bar.h"

G_BEGIN_DECLS

/**
 * LimberWork:
 * @store: this computer's store
 * @member: who is at work
 * @day: what today's list shows
 * @deeds: what is done, and taken back
 * @asker: how central is asked for somebody who is not here
 * @site: what the site is called
 * @sync: (nullable): how fresh everything is, as the screen says it
 * @age: (nullable): how old what is said of other sites is; nothing where that is as it is now
 *
 * Somebody's work at the desk. It stays where it is, and is LimberPages's, until the pages are stopped.
 */
typedef struct {
  LimberStore       *store;
  LimberStaffMember *member;
  LimberDay         *day;
  LimberDeeds       *deeds;
  LimberAsker        asker;
  char              *site;
  char              *sync;
  char              *age;
} LimberWork;

#define LIMBER_TYPE_DESK_PAGE (limber_desk_page_get_type ())
G_DECLARE_INTERFACE (LimberDeskPage, limber_desk_page, LIMBER, DESK_PAGE, GtkWidget)

/**
 * LimberDeskPageInterface:
 * @start: work begins; the page is not in sight
 * @stop: work ends: nothing of it may stay. Comes after @close
 * @open: the page is to show what @about names, in words of its own (an id, what was typed), or whatever it begins with; %FALSE when
 *   that is not there, and nothing happens. Comes after @start, and also while the page is in sight
 * @close: the page was left: it forgets whom it showed. May come more than once
 * @tick: some seconds passed, or @work.sync is another
 * @get_visit: (transfer none) (nullable): the visit that is selected, to which deeds are done
 * @get_person: (transfer none) (nullable): whom it is about, for what is done with a person rather than with a visit
 *
 * Any may be missing but @open and @close.
 */
struct _LimberDeskPageInterface {
  GTypeInterface g_iface;
  void         (*start)     (LimberDeskPage *page, const LimberWork *work);
  void         (*stop)      (LimberDeskPage *page);
  gboolean     (*open)      (LimberDeskPage *page, const LimberWork *work, const char *about);
  void         (*close)     (LimberDeskPage *page);
  void         (*tick)      (LimberDeskPage *page, const LimberWork *work);
  LimberVisit *(*get_visit) (LimberDeskPage *page);
  const LimberId *(*get_person) (LimberDeskPage *page);
};

void limber_desk_page_go      (LimberDeskPage *page, const char *name, const LimberId *about);
void limber_desk_page_say     (LimberDeskPage *page, LimberUndoBarKind kind, const char *text);
void limber_desk_page_changed (LimberDeskPage *page);

/* What stands in a page goes and says by the actions desk.go(s "NAME" or "NAME:ABOUT") and desk.say(is). The page itself by these
 * functions, which work also while the screen is locked and the page in no window.
 *
 * Signals:
 *   "go" (string name, string about): another page, or this one, is to come into sight
 *   "said" (LimberUndoBarKind kind, string text): something to tell
 *   "changed": another visit is selected, or what stands on today's list about this page is another */

G_END_DECLS
