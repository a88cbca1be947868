/* The search box has the focus whenever nothing else is being typed in; the list and the results are moved through from
 * there. What Enter means is decided by what is in sight at that moment: the marked result, else the selected visit. */
#include "limber-work-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-errand.h"
#include "limber-finder.h"
#include "limber-glass-banner.h"
#include "limber-lists-button.h"
#include "limber-results.h"
#include "limber-rights.h"
#include "limber-sync-pill.h"
#include "limber-undo-bar.h"
#include "limber-visit-panel.h"

#define TICK_SECONDS 5

struct _LimberWorkPage {
  GtkWidget          parent_instance;
  LimberStaffMember *member;  /* (owned) (nullable) */
  LimberDay         *day;     /* (owned) (nullable) */
  LimberFinder      *finder;  /* (owned) (nullable) */
  GSimpleActionGroup *actions; /* (owned) */
  LimberDeeds       *deeds;   /* (owned) (nullable) */
  guint              ticker;
  GtkWidget         *box;
  GtkLabel          *site;
  GtkWidget         *search;
  GtkWidget         *who;
  GtkLabel          *initials;
  GtkLabel          *member_name;
  LimberSyncPill    *sync;
  LimberGlassBanner *glass;
  LimberListsButton *waits;
  GtkWidget         *overlay;
  LimberPages       *pages;
  LimberVisitPanel  *panel;
  LimberUndoBar     *bar;
  LimberResults     *results;
};

G_DEFINE_FINAL_TYPE (LimberWorkPage, limber_work_page, GTK_TYPE_WIDGET)

static void
enable (LimberWorkPage *self, const char *action, gboolean enabled)
{
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), action)), enabled && limber_rights_enables (self->member, action));
}

static void
update_undo (LimberWorkPage *self)
{
  enable (self, "undo", self->deeds != NULL && limber_deeds_can_undo (self->deeds));
}

static void
update_panel (LimberWorkPage *self)
{
  LimberVisit *visit = limber_pages_get_visit (self->pages);
  gboolean person = limber_pages_shows (self->pages, "person"), today = limber_pages_shows (self->pages, "today");
  LimberVisit *beside = person || today ? visit : NULL; /* of which the panel tells */

  gtk_widget_set_visible (GTK_WIDGET (self->panel), person || today);
  gtk_widget_set_halign (GTK_WIDGET (self->bar), limber_pages_shows (self->pages, "setup") ? GTK_ALIGN_START : GTK_ALIGN_END); /* there the form stands at the end */
  if (person)
    limber_visit_panel_set_nothing (self->panel, _("No appointment here today"), _("This person is not on today’s list of this site. The list beside says when and where they are expected. Ctrl+I checks them in without an appointment."));
  else
    limber_visit_panel_set_nothing (self->panel, _("Nobody selected"), _("Type a name above, or choose somebody from the list. The arrow keys move through it."));
  limber_visit_panel_set_visit (self->panel, beside, self->day != NULL ? limber_day_get_date (self->day) : "");
  limber_visit_panel_set_can_open (self->panel, !person);
  enable (self, "check-in", beside != NULL && limber_visit_can_check_in (beside));
  enable (self, "did-not-attend", visit != NULL && limber_visit_can_be_absent (visit));
  enable (self, "undo-visit", beside != NULL && limber_visit_can_undo (beside));
  enable (self, "find", TRUE);
  enable (self, "walk-in", TRUE);
  update_undo (self);
  enable (self, "back", !today);
}

static void
show_results (LimberWorkPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));
  gboolean more = FALSE;
  g_autoptr (GListModel) hits = self->finder != NULL ? limber_finder_find (self->finder, text, &more) : NULL;

  if (hits != NULL && !limber_finder_is_ready (self->finder))
    limber_results_show_wait (self->results);
  else
    limber_results_show_hits (self->results, hits, text, more);
}

static void
day_changed (LimberWorkPage *self)
{
  update_panel (self);
  if (limber_results_is_open (self->results))
    show_results (self);
}

/* Doing something, and what is said about it. */

static void
deed_done (LimberWorkPage *self, gboolean undoable, const char *text)
{
  limber_visit_panel_set_notice (self->panel, NULL);
  update_panel (self);
  limber_undo_bar_say (self->bar, undoable ? LIMBER_UNDO_BAR_UNDOABLE : LIMBER_UNDO_BAR_NEWS, text);
}

static void
deed_failed (LimberWorkPage *self, const LimberId *id, const char *text)
{
  LimberVisit *visit = limber_pages_get_visit (self->pages);

  if (visit != NULL && limber_id_equal (limber_visit_get_id (visit), id) && gtk_widget_get_visible (GTK_WIDGET (self->panel)))
    limber_visit_panel_set_notice (self->panel, text);
  else
    limber_undo_bar_say (self->bar, LIMBER_UNDO_BAR_PROBLEM, text);
}

static void
do_to_visit (LimberWorkPage *self, LimberVisit *visit, LimberAct act, const char *code, const char *why)
{
  g_autofree char *name = limber_visit_dup_spoken_name (visit);

  limber_today_page_follow (limber_pages_get_today (self->pages), limber_visit_get_id (visit));
  limber_deeds_say (self->deeds, &(LimberActing){ .act = act, .id = *limber_visit_get_id (visit), .code = code, .why = why }, name);
}

static void
panel_deed (LimberWorkPage *self, LimberAct act, const char *code, const char *why)
{
  LimberVisit *visit = limber_pages_get_visit (self->pages);

  if (visit != NULL)
    do_to_visit (self, visit, act, code, why);
}

/* What was searched for is done with; at a person's page a second Enter checks her in. */
static void
page_opened (LimberWorkPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  update_panel (self);
  if (limber_pages_shows (self->pages, "person"))
    limber_work_page_focus_search (self);
}

static void
pages_changed (LimberWorkPage *self)
{
  if (self->day != NULL)
    update_panel (self);
}

static void
back_to_today (LimberWorkPage *self)
{
  limber_pages_back (self->pages);
  limber_work_page_focus_search (self);
}

static void
open_person (LimberWorkPage *self, const LimberId *patient)
{
  g_autofree char *id = limber_id_dup_text (patient);

  limber_pages_open (self->pages, "person", id);
}

/* Actions */

/* What the panel's buttons and their keys do with the visit; each is enabled only where it makes sense. */
static void
visit_deed (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  static const struct { const char *action; LimberAct act; } acts[] = { { "check-in", LIMBER_ACT_CHECK_IN }, { "did-not-attend", LIMBER_ACT_DID_NOT_ATTEND }, { "undo-visit", LIMBER_ACT_UNDO } };
  LimberVisit *visit = limber_pages_get_visit (LIMBER_WORK_PAGE (data)->pages);

  for (gsize i = 0; visit != NULL && i < G_N_ELEMENTS (acts); i++)
    if (g_str_equal (acts[i].action, g_action_get_name (G_ACTION (action))))
      do_to_visit (data, visit, acts[i].act, NULL, NULL);
}

static void
undo (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  limber_deeds_undo (LIMBER_WORK_PAGE (data)->deeds);
}

/* Opens a page about her, by its name; her own where none is named. */
static void
for_person (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LimberWorkPage *self = data;

  limber_errand_open (self->pages, limber_results_get_selected (self->results), parameter != NULL ? g_variant_get_string (parameter, NULL) : "person");
}

static void
book (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LimberWorkPage *self = data;

  limber_errand_book (self->pages, limber_results_get_selected (self->results));
}

/* What is to become of her appointment: move or cancel. */
static void
for_visit (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LimberWorkPage *self = data;
  const char *text = limber_errand_visit (self->pages, limber_results_get_selected (self->results), g_variant_get_string (parameter, NULL));

  if (text != NULL)
    limber_undo_bar_say (self->bar, LIMBER_UNDO_BAR_NEWS, text);
}

/* The next one may already stand there: the list is in sight again, and the caret in the search. */
static void
walk_in (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LimberWorkPage *self = data;

  if (!limber_errand_walk_in (self->pages, limber_results_get_selected (self->results)))
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  back_to_today (self);
}

static void
go (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  limber_pages_go (LIMBER_WORK_PAGE (data)->pages, g_variant_get_string (parameter, NULL));
}

static void
say (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *text;
  int kind;

  g_variant_get (parameter, "(i&s)", &kind, &text);
  limber_undo_bar_say (LIMBER_WORK_PAGE (data)->bar, (LimberUndoBarKind) CLAMP (kind, 0, LIMBER_UNDO_BAR_PROBLEM), text);
}

static void
back (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  back_to_today (data);
}

/* What was typed is not typed again. */
static void
find_elsewhere (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LimberWorkPage *self = data;
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search)));

  limber_pages_open (self->pages, g_action_get_name (G_ACTION (action)), text);
}

static void
do_by_id (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LimberWorkPage *self = data;
  const char *name = g_action_get_name (G_ACTION (action));
  LimberId id;

  if (!limber_id_parse (&id, g_variant_get_string (parameter, NULL)))
    return;
  if (g_str_equal (name, "show-visit"))
    limber_today_page_select (limber_pages_get_today (self->pages), &id);
  else if (g_str_equal (name, "call") && limber_day_find (self->day, &id) != NULL)
    do_to_visit (self, limber_day_find (self->day, &id), LIMBER_ACT_CALL, NULL, NULL);
  else if (!g_str_equal (name, "call"))
    limber_deeds_do (self->deeds, g_str_equal (name, "unmerge") ? LIMBER_ACT_UNMERGE : LIMBER_ACT_TASK_DONE, &id, "");
}

/* Somebody's id, and how to call her. */
static void
call_by (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LimberWorkPage *self = data;
  const char *text, *word;
  LimberId id;

  g_variant_get (parameter, "(&s&s)", &text, &word);
  if (limber_id_parse (&id, text))
    limber_deeds_say (self->deeds, &(LimberActing){ .act = LIMBER_ACT_CALL_BY, .id = id, .code = *word != '\0' ? word : NULL }, "");
}

static const GActionEntry entries[] = {
  { "check-in", visit_deed, NULL, NULL, NULL },
  { "did-not-attend", visit_deed, NULL, NULL, NULL },
  { "undo", undo, NULL, NULL, NULL },
  { "undo-visit", visit_deed, NULL, NULL, NULL },
  { "open", for_person, NULL, NULL, NULL },
  { "book", book, NULL, NULL, NULL },
  { "back", back, NULL, NULL, NULL },
  { "find", find_elsewhere, NULL, NULL, NULL },
  { "register", find_elsewhere, NULL, NULL, NULL },
  { "walk-in", walk_in, NULL, NULL, NULL },
  { "for-visit", for_visit, "s", NULL, NULL },
  { "for-person", for_person, "s", NULL, NULL },
  { "show-visit", do_by_id, "s", NULL, NULL },
  { "task-done", do_by_id, "s", NULL, NULL },
  { "unmerge", do_by_id, "s", NULL, NULL },
  { "call", do_by_id, "s", NULL, NULL },
  { "call-by", call_by, "(ss)", NULL, NULL },
  { "go", go, "s", NULL, NULL },
  { "say", say, "(is)", NULL, NULL },
};

/* Search */

/* Enter: the marked result is checked in when she is expected here today and cannot well be another, else opened, where a
 * second Enter checks her in; without a search the selected visit is checked in. */
static void
search_entered (LimberWorkPage *self)
{
  LimberHit *hit = limber_results_get_selected (self->results);
  LimberVisit *visit = hit != NULL ? limber_hit_get_visit (hit) : NULL;

  if (hit == NULL && *gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0')
    return;
  if (hit == NULL) {
    gtk_widget_activate_action (GTK_WIDGET (self), "desk.check-in", NULL);
    return;
  }
  if (visit == NULL || !limber_visit_can_check_in (visit) || limber_hit_is_doubtful (hit)) {
    open_person (self, limber_hit_get_patient (hit));
    return;
  }
  do_to_visit (self, visit, LIMBER_ACT_CHECK_IN, NULL, NULL);
  if (limber_pages_shows (self->pages, "person"))
    back_to_today (self);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  limber_work_page_focus_search (self);
}

static void
move (LimberWorkPage *self, int by)
{
  if (limber_results_is_open (self->results))
    limber_results_move (self->results, by);
  else if (limber_pages_shows (self->pages, "today"))
    limber_today_page_move (limber_pages_get_today (self->pages), by);
}

static gboolean
search_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType modifiers, LimberWorkPage *self)
{
  static const struct { guint key; int by; } moves[] = {
    { GDK_KEY_Up, -1 }, { GDK_KEY_KP_Up, -1 }, { GDK_KEY_Down, 1 }, { GDK_KEY_KP_Down, 1 }, { GDK_KEY_Page_Up, -10 }, { GDK_KEY_Page_Down, 10 },
  };

  if ((modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (moves); i++)
    if (moves[i].key == key) {
      move (self, moves[i].by);
      return TRUE;
    }
  if (key != GDK_KEY_Escape)
    return FALSE;
  if (*gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  else if (!limber_pages_shows (self->pages, "today"))
    back_to_today (self);
  return TRUE;
}

static gboolean
place_results (GtkOverlay *overlay, GtkWidget *child, GdkRectangle *place, gpointer data)
{
  LimberWorkPage *self = LIMBER_WORK_PAGE (gtk_widget_get_ancestor (GTK_WIDGET (overlay), LIMBER_TYPE_WORK_PAGE));

  return child == GTK_WIDGET (self->results) && limber_results_place (self->results, overlay, self->search, place);
}

static gboolean
tick (gpointer data)
{
  limber_day_tick (LIMBER_WORK_PAGE (data)->day);
  limber_pages_tick (LIMBER_WORK_PAGE (data)->pages);
  update_panel (data);
  return G_SOURCE_CONTINUE;
}

/**
 * limber_work_page_start:
 * @member: who signed in: each has a page of her own, and a page never another owner
 *
 * Begins work, or goes on with it: everything is as it was left.
 */
void
limber_work_page_start (LimberWorkPage *self, LimberStore *store, LimberStaffMember *member)
{
  g_autofree char *role = limber_role_words (limber_staff_member_author (member).role);

  g_set_object (&self->member, member);
  gtk_label_set_text (self->initials, limber_staff_member_get_initials (member));
  gtk_label_set_text (self->member_name, limber_staff_member_get_name (member));
  gtk_widget_set_tooltip_text (self->who, role);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->who), GTK_ACCESSIBLE_PROPERTY_LABEL, limber_staff_member_get_name (member), -1);
  if (self->day == NULL) {
    self->day = limber_day_new (store);
    limber_visit_panel_set_store (self->panel, store, member);
    limber_lists_button_set_store (self->waits, store);
    self->deeds = limber_deeds_new (store, member, self->day);
    g_signal_connect_object (self->deeds, "changed", G_CALLBACK (update_undo), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (self->deeds, "done", G_CALLBACK (deed_done), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (self->deeds, "failed", G_CALLBACK (deed_failed), self, G_CONNECT_SWAPPED);
    self->finder = limber_finder_new (store, self->day);
    g_signal_connect_object (self->finder, "updated", G_CALLBACK (show_results), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (self->day, "changed", G_CALLBACK (day_changed), self, G_CONNECT_SWAPPED);
    limber_pages_start (self->pages, store, member, self->day, self->deeds);
    limber_glass_banner_watch (self->glass, store, member, self->deeds);
    g_signal_connect_object (member, "stands", G_CALLBACK (update_panel), self, G_CONNECT_SWAPPED);
    self->ticker = g_timeout_add_seconds (TICK_SECONDS, tick, self);
  }
  update_panel (self);
}

/**
 * limber_work_page_set_site:
 * @name: what the site is called
 */
void
limber_work_page_set_site (LimberWorkPage *self, const char *name)
{
  gtk_label_set_text (self->site, name);
  limber_pages_set_site (self->pages, name);
}

/**
 * limber_work_page_set_asker:
 * @asker: how central is asked for somebody who is not here
 */
void
limber_work_page_set_asker (LimberWorkPage *self, const LimberAsker *asker)
{
  limber_pages_set_asker (self->pages, asker);
}

/**
 * limber_work_page_stop:
 *
 * Ends work: nothing of it stays on the page.
 */
void
limber_work_page_stop (LimberWorkPage *self)
{
  g_clear_handle_id (&self->ticker, g_source_remove);
  if (self->day == NULL)
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  limber_undo_bar_hide (self->bar);
  limber_pages_stop (self->pages);
  g_signal_handlers_disconnect_by_func (self->day, day_changed, self);
  g_signal_handlers_disconnect_by_data (self->deeds, self);
  g_clear_object (&self->deeds);
  limber_visit_panel_set_store (self->panel, NULL, NULL);
  limber_glass_banner_watch (self->glass, NULL, NULL, NULL);
  g_signal_handlers_disconnect_by_func (self->member, update_panel, self);
  limber_lists_button_set_store (self->waits, NULL);
  g_clear_object (&self->day);
  g_clear_object (&self->finder);
  g_clear_object (&self->member);
  update_panel (self);
}

/**
 * limber_work_page_get_member:
 *
 * Returns: (transfer none) (nullable): who is at work
 */
LimberStaffMember *
limber_work_page_get_member (LimberWorkPage *self)
{
  return self->member;
}

/**
 * limber_work_page_get_day:
 *
 * Returns: (transfer none) (nullable): the day, while somebody is at work
 */
LimberDay *
limber_work_page_get_day (LimberWorkPage *self)
{
  return self->day;
}

void
limber_work_page_focus_search (LimberWorkPage *self)
{
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (self->search));

  gtk_text_grab_focus_without_selecting (GTK_TEXT (text));
}

/**
 * limber_work_page_show_sync:
 * @facts: what is known of sync
 * @now: milliseconds UTC
 */
void
limber_work_page_show_sync (LimberWorkPage *self, const LimberSyncFacts *facts, gint64 now)
{
  g_autofree char *words = limber_sync_words_short (facts, now), *age = limber_sync_words_as_of (facts, now);

  limber_sync_pill_show_facts (self->sync, facts, now);
  limber_pages_set_sync (self->pages, words, age);
}

static void
limber_work_page_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (limber_work_page_parent_class)->root (widget);
  gtk_widget_insert_action_group (GTK_WIDGET (gtk_widget_get_root (widget)), "desk", G_ACTION_GROUP (LIMBER_WORK_PAGE (widget)->actions));
}

static void
limber_work_page_unroot (GtkWidget *widget)
{
  gtk_widget_insert_action_group (GTK_WIDGET (gtk_widget_get_root (widget)), "desk", NULL);
  GTK_WIDGET_CLASS (limber_work_page_parent_class)->unroot (widget);
}

static void
limber_work_page_dispose (GObject *object)
{
  LimberWorkPage *self = LIMBER_WORK_PAGE (object);

  if (self->box != NULL)
    limber_work_page_stop (self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->actions);
  G_OBJECT_CLASS (limber_work_page_parent_class)->dispose (object);
}

static void
limber_work_page_class_init (LimberWorkPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_work_page_dispose;
  widget_class->root = limber_work_page_root;
  widget_class->unroot = limber_work_page_unroot;
  g_type_ensure (LIMBER_TYPE_SYNC_PILL);
  g_type_ensure (LIMBER_TYPE_GLASS_BANNER);
  g_type_ensure (LIMBER_TYPE_LISTS_BUTTON);
  g_type_ensure (LIMBER_TYPE_PAGES);
  g_type_ensure (LIMBER_TYPE_VISIT_PANEL);
  g_type_ensure (LIMBER_TYPE_RESULTS);
  g_type_ensure (LIMBER_TYPE_UNDO_BAR);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-work-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberWorkPage, box);
  gtk_widget_class_bind_template_child (widget_class, LimberWorkPage, site);
  gtk_widget_class_bind_template_child (widget_class, LimberWorkPage, search);
  gtk_widget_class_bind_template_child (widget_class, LimberWorkPage, who);
  gtk_widget_class_bind_template_child (widget_class, LimberWorkPage, initials);
  gtk_widget_class_bind_template_child (widget_class, LimberWorkPage, member_name);
  gtk_widget_class_bind_template_child (widget_class, LimberWorkPage, sync);
  gtk_widget_class_bind_template_child (widget_class, LimberWorkPage, glass);
  gtk_widget_class_bind_template_child (widget_class, LimberWorkPage, waits);
  gtk_widget_class_bind_template_child (widget_class, LimberWorkPage, overlay);
  gtk_widget_class_bind_template_child (widget_class, LimberWorkPage, pages);
  gtk_widget_class_bind_template_child (widget_class, LimberWorkPage, panel);
  gtk_widget_class_bind_template_child (widget_class, LimberWorkPage, bar);
  gtk_widget_class_bind_template_child (widget_class, LimberWorkPage, results);
  gtk_widget_class_bind_template_callback (widget_class, show_results);
  gtk_widget_class_bind_template_callback (widget_class, search_entered);
  gtk_widget_class_bind_template_callback (widget_class, search_key);
  gtk_widget_class_bind_template_callback (widget_class, place_results);
  gtk_widget_class_bind_template_callback (widget_class, panel_deed);
  gtk_widget_class_bind_template_callback (widget_class, page_opened);
  gtk_widget_class_bind_template_callback (widget_class, pages_changed);
  gtk_widget_class_bind_template_callback (widget_class, limber_undo_bar_say);
  gtk_widget_class_bind_template_callback (widget_class, limber_work_page_focus_search);
}

static void
limber_work_page_init (LimberWorkPage *self)
{
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Ctrl+Z takes back a step of the work, not a letter of the search. */
  gtk_editable_set_enable_undo (GTK_EDITABLE (self->search), FALSE);
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (self->search), GTK_WIDGET (self));
  update_panel (self);
}
