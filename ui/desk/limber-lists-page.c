/* Every deed goes through LimberDeeds, and what was typed stays in its line until the deed is done. */
#include "limber-lists-page.h"

#include <glib/gi18n-lib.h>

#include "limber-lists-pane.h"

#define RELOAD_MS (60 * G_GINT64_CONSTANT (1000)) /* how long a screen has been silent is told by the clock alone */

struct _LimberListsPage {
  GtkWidget           parent_instance;
  LimberStore        *store; /* (owned) (nullable): while there is work */
  LimberLists        *lists; /* (owned) (nullable) */
  LimberDeeds        *deeds; /* (owned) (nullable) */
  GSimpleActionGroup *actions; /* (owned) */
  gboolean            unread; /* opened before anything was read */
  LimberId            asked; /* about which something was typed that is being saved */
  gint64              read;  /* when the lists were read for the clock's sake, milliseconds UTC */
  GtkWidget          *box;
  GtkLabel           *fresh;
  GtkStack           *stack;
  LimberListsPane    *tasks, *answers, *aside, *screens;
};

static void limber_lists_page_be_page (LimberDeskPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LimberListsPage, limber_lists_page, GTK_TYPE_WIDGET, G_IMPLEMENT_INTERFACE (LIMBER_TYPE_DESK_PAGE, limber_lists_page_be_page))

static const char *const names[LIMBER_N_LISTS] = { "to-do", "answers", "aside", "screens" };

static LimberListsPane *
pane_of (LimberListsPage *self, LimberListWhich which)
{
  LimberListsPane *const panes[LIMBER_N_LISTS] = { self->tasks, self->answers, self->aside, self->screens };

  return panes[which];
}

/* What a list is called, with how many wait in it. */
static char *
title_of (LimberListWhich which, guint n)
{
  static const char *const plain[LIMBER_N_LISTS] = { N_("To do"), N_("Two answers"), N_("Put aside"), N_("Screens") };

  /* Translators: the name of a list, and how many in it wait for somebody. */
  return n > 0 ? g_strdup_printf (_("%1$s (%2$u)"), _(plain[which]), n) : g_strdup (_(plain[which]));
}

/* The list that was asked for, else the first in which something waits; of what is not read yet, as soon as it is. */
static void
show_first (LimberListsPage *self, const char *asked)
{
  LimberListWhich first = LIMBER_LIST_TASKS;

  for (LimberListWhich i = LIMBER_N_LISTS; i > 0; i--)
    if (limber_lists_count (self->lists, i - 1) > 0)
      first = i - 1;
  for (LimberListWhich i = 0; i < LIMBER_N_LISTS; i++)
    if (g_strcmp0 (asked, names[i]) == 0)
      first = i;
  self->unread = asked == NULL && !limber_lists_is_loaded (self->lists);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (pane_of (self, first)));
  limber_lists_pane_focus (pane_of (self, first));
}

static void
lists_changed (LimberListsPage *self)
{
  for (guint i = 0; i < LIMBER_N_LISTS; i++) {
    g_autofree char *title = title_of (i, self->lists != NULL ? limber_lists_count (self->lists, i) : 0);

    gtk_stack_page_set_title (gtk_stack_get_page (self->stack, GTK_WIDGET (pane_of (self, i))), title);
  }
  if (self->unread && limber_lists_is_loaded (self->lists))
    show_first (self, NULL);
}

/* Actions */

static const struct {
  const char *action;
  LimberAct   act;
} acts[] = {
  { "done", LIMBER_ACT_TASK_DONE },   { "take", LIMBER_ACT_TASK_TAKE }, { "take-over", LIMBER_ACT_TASK_TAKE_OVER }, { "let-go", LIMBER_ACT_TASK_LET_GO }, { "keep", LIMBER_ACT_KEEP },
  { "use", LIMBER_ACT_USE_OTHER },    { "approve", LIMBER_ACT_APPROVE }, { "decline", LIMBER_ACT_DECLINE },         { "note", LIMBER_ACT_TASK_NOTE },      { "type", LIMBER_ACT_ANSWER },
  { "type-again", LIMBER_ACT_ANSWER_AGAIN },
};

static void
do_named (LimberListsPage *self, const char *action, const char *text, const char *typed)
{
  const LimberListCard *card;
  LimberId id;

  if (self->deeds == NULL || !limber_id_parse (&id, text))
    return;
  card = limber_lists_find (self->lists, &id);
  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
    if (g_str_equal (acts[i].action, action))
      limber_deeds_say (self->deeds, &(LimberActing){ .act = acts[i].act, .id = id, .code = typed, .before = card != NULL ? card->before : NULL }, "");
}

static void
do_deed (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  do_named (data, g_action_get_name (G_ACTION (action)), g_variant_get_string (parameter, NULL), NULL);
}

static void
do_typed (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LimberListsPage *self = data;
  const char *id, *typed;

  g_variant_get (parameter, "(&s&s)", &id, &typed);
  if (!limber_id_parse (&self->asked, id))
    return;
  do_named (self, g_action_get_name (G_ACTION (action)), id, typed);
}

static void
show_visit (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LimberListsPage *self = data;

  limber_desk_page_go (LIMBER_DESK_PAGE (self), "today", NULL);
  gtk_widget_activate_action (GTK_WIDGET (self), "desk.show-visit", "s", g_variant_get_string (parameter, NULL));
}

static void
compare (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LimberId id;

  if (limber_id_parse (&id, g_variant_get_string (parameter, NULL)))
    limber_desk_page_go (LIMBER_DESK_PAGE (data), "compare", &id);
}

static const GActionEntry entries[] = {
  { "done", do_deed, "s", NULL, NULL },   { "take", do_deed, "s", NULL, NULL },    { "take-over", do_deed, "s", NULL, NULL }, { "let-go", do_deed, "s", NULL, NULL },
  { "keep", do_deed, "s", NULL, NULL },   { "use", do_deed, "s", NULL, NULL },     { "approve", do_deed, "s", NULL, NULL },   { "decline", do_deed, "s", NULL, NULL },
  { "note", do_typed, "(ss)", NULL, NULL }, { "type", do_typed, "(ss)", NULL, NULL }, { "type-again", do_typed, "(ss)", NULL, NULL }, { "show", show_visit, "s", NULL, NULL },
  { "compare", compare, "s", NULL, NULL },
};

/* What was typed is saved. */
static void
deed_done (LimberListsPage *self)
{
  for (guint i = 0; i < LIMBER_N_LISTS && self->lists != NULL && !limber_id_is_nil (&self->asked); i++) {
    GListModel *items = limber_lists_get_items (self->lists, i);

    for (guint j = 0; j < g_list_model_get_n_items (items); j++) {
      g_autoptr (LimberListItem) item = g_list_model_get_item (items, j);

      if (limber_id_equal (&limber_list_item_get_card (item)->id, &self->asked)) {
        limber_list_item_set_draft (item, NULL);
        g_signal_emit_by_name (item, "changed");
      }
    }
  }
  self->asked = (LimberId){ { 0 } };
}

/* What was refused can be mended. */
static void
deed_failed (LimberListsPage *self)
{
  self->asked = (LimberId){ { 0 } };
}

/* The page */

static void
limber_lists_page_start (LimberDeskPage *page, const LimberWork *work)
{
  LimberListsPage *self = LIMBER_LISTS_PAGE (page);

  self->store = g_object_ref (work->store);
  self->deeds = g_object_ref (work->deeds);
  self->lists = limber_lists_new (work->store, limber_staff_member_get_id (work->member));
  for (guint i = 0; i < LIMBER_N_LISTS; i++)
    limber_lists_pane_set_lists (pane_of (self, i), self->lists, i);
  g_signal_connect_object (self->lists, "changed", G_CALLBACK (lists_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->deeds, "done", G_CALLBACK (deed_done), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->deeds, "failed", G_CALLBACK (deed_failed), self, G_CONNECT_SWAPPED);
  lists_changed (self);
}

static void
limber_lists_page_stop (LimberDeskPage *page)
{
  LimberListsPage *self = LIMBER_LISTS_PAGE (page);

  for (guint i = 0; i < LIMBER_N_LISTS; i++)
    limber_lists_pane_set_lists (pane_of (self, i), NULL, i);
  if (self->lists != NULL) {
    g_signal_handlers_disconnect_by_data (self->lists, self);
    limber_lists_stop (self->lists);
  }
  if (self->deeds != NULL)
    g_signal_handlers_disconnect_by_data (self->deeds, self);
  g_clear_object (&self->lists);
  g_clear_object (&self->deeds);
  g_clear_object (&self->store);
}

static void
show_fresh (LimberListsPage *self, const LimberWork *work)
{
  gtk_label_set_text (self->fresh, work->sync != NULL ? work->sync : "");
  gtk_widget_set_visible (GTK_WIDGET (self->fresh), work->sync != NULL);
}

static gboolean
limber_lists_page_open (LimberDeskPage *page, const LimberWork *work, const char *about)
{
  LimberListsPage *self = LIMBER_LISTS_PAGE (page);

  show_first (self, about);
  limber_lists_reload (self->lists);
  show_fresh (self, work);
  return TRUE;
}

/* What was typed and not saved stands there again when the page is opened again, until work ends. */
static void
limber_lists_page_close (LimberDeskPage *page)
{
}

static void
limber_lists_page_tick (LimberDeskPage *page, const LimberWork *work)
{
  LimberListsPage *self = LIMBER_LISTS_PAGE (page);
  gint64 now = limber_env_now (limber_store_env (work->store));

  show_fresh (self, work);
  if (ABS (now - self->read) < RELOAD_MS)
    return;
  self->read = now;
  limber_lists_reload (self->lists);
}

static void
limber_lists_page_map (GtkWidget *widget)
{
  LimberListsPage *self = LIMBER_LISTS_PAGE (widget);

  GTK_WIDGET_CLASS (limber_lists_page_parent_class)->map (widget);
  limber_lists_pane_focus (LIMBER_LISTS_PANE (gtk_stack_get_visible_child (self->stack)));
}

static void
limber_lists_page_dispose (GObject *object)
{
  LimberListsPage *self = LIMBER_LISTS_PAGE (object);

  if (self->box != NULL)
    limber_lists_page_stop (LIMBER_DESK_PAGE (self));
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->actions);
  G_OBJECT_CLASS (limber_lists_page_parent_class)->dispose (object);
}

static void
limber_lists_page_be_page (LimberDeskPageInterface *iface)
{
  iface->start = limber_lists_page_start;
  iface->stop = limber_lists_page_stop;
  iface->open = limber_lists_page_open;
  iface->close = limber_lists_page_close;
  iface->tick = limber_lists_page_tick;
}

static void
limber_lists_page_class_init (LimberListsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_lists_page_dispose;
  widget_class->map = limber_lists_page_map;
  g_type_ensure (LIMBER_TYPE_LISTS_PANE);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-lists-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberListsPage, box);
  gtk_widget_class_bind_template_child (widget_class, LimberListsPage, fresh);
  gtk_widget_class_bind_template_child (widget_class, LimberListsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LimberListsPage, tasks);
  gtk_widget_class_bind_template_child (widget_class, LimberListsPage, answers);
  gtk_widget_class_bind_template_child (widget_class, LimberListsPage, aside);
  gtk_widget_class_bind_template_child (widget_class, LimberListsPage, screens);
}

static void
limber_lists_page_init (LimberListsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "lists", G_ACTION_GROUP (self->actions));
  limber_lists_pane_set_empty (self->tasks, "limber-synced-symbolic", _("Nothing is to be done"), _("What a kiosk or the central service asks of this site appears here as it comes."));
  limber_lists_pane_set_empty (self->answers, "limber-synced-symbolic", _("Nobody disagrees"),
                               _("Where two people change the same thing without seeing each other’s change, both answers stand here until somebody has decided."));
  limber_lists_pane_set_empty (self->aside, "limber-synced-symbolic", _("Nothing is put aside"),
                               _("What the central service has kept and does not believe, because the device was shut out or whoever wrote it may not do that, waits here for somebody who knows."));
  limber_lists_pane_set_empty (self->screens, "limber-kiosk-symbolic", _("No screens are known here"),
                               _("The kiosks and waiting-room screens of this site appear here once this computer has been in touch with its hub, or the central service."));
  lists_changed (self);
}
