/* What is printed is read from the store at that moment, in a worker: not what some list on the screen happens to show. */
#include "limber-paperwork.h"

#include <glib/gi18n-lib.h>

#include "limber-building-page.h"
#include "limber-building.h"
#include "limber-date.h"
#include "limber-day-list.h"
#include "limber-day-paper.h"
#include "limber-end-page.h"
#include "limber-print.h"
#include "limber-retype-page.h"
#include "limber-rights.h"
#include "limber-undo-bar.h"

struct _LimberPaperwork {
  GtkWidget           parent_instance;
  const LimberWork   *work;      /* (nullable): %NULL while nobody is at work */
  LimberOpenVisits   *open;      /* (owned) (nullable) */
  LimberBuildingList *present;   /* (owned) (nullable): while its page is open */
  gboolean            is_open;
  GSimpleActionGroup *actions;   /* (owned) */
  GtkStack           *stack;
  LimberEndPage      *end;
  LimberBuildingPage *building;
  LimberRetypePage   *retype;
};

static void limber_paperwork_be_page (LimberDeskPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LimberPaperwork, limber_paperwork, GTK_TYPE_WIDGET, G_IMPLEMENT_INTERFACE (LIMBER_TYPE_DESK_PAGE, limber_paperwork_be_page))

static gint64
now_of (LimberPaperwork *self)
{
  return limber_env_now (limber_store_env (self->work->store));
}

static void
changed (LimberPaperwork *self)
{
  limber_desk_page_changed (LIMBER_DESK_PAGE (self));
}

static void
show_page (LimberPaperwork *self, const char *name)
{
  gtk_stack_set_visible_child_name (self->stack, name);
  limber_desk_page_go (LIMBER_DESK_PAGE (self), "papers", NULL);
}

static void
show_fresh (LimberPaperwork *self)
{
  g_autofree char *clock = NULL, *as_of = NULL, *whole = NULL;

  if (self->present == NULL)
    return;
  clock = limber_time_for_staff (now_of (self));
  /* Translators: a time, and how fresh what is shown is: "As of 09:41 · Up to date · 09:40". */
  as_of = g_strdup_printf (_("As of %s"), clock);
  whole = self->work->sync != NULL ? g_strdup_printf ("%s · %s", as_of, self->work->sync) : g_steal_pointer (&as_of);
  limber_building_page_set_fresh (self->building, whole);
}

/* Printing */

/* One paper on its way: read in a worker, then printed. */
typedef struct {
  LimberPaperwork *paperwork; /* (owned) */
  gboolean         building;  /* who is in it; else the day's list */
  gboolean         ask;
  gboolean         has_site;
  LimberId         site;
  gint64           now;
  char            *date;      /* (owned) */
  GPtrArray       *list;      /* (owned) (nullable): what was read */
} Printing;

static void
printing_free (gpointer data)
{
  Printing *printing = data;

  g_object_unref (printing->paperwork);
  g_free (printing->date);
  g_clear_pointer (&printing->list, g_ptr_array_unref);
  g_free (printing);
}

static void
say (LimberPaperwork *self, gboolean problem, const char *text)
{
  limber_desk_page_say (LIMBER_DESK_PAGE (self), problem ? LIMBER_UNDO_BAR_PROBLEM : LIMBER_UNDO_BAR_NEWS, text);
}

static void
building_printed (gboolean printed, const GError *error, gpointer data)
{
  LimberPaperwork *self = data;
  const char *problem = _("Nothing was printed: there is no printer that can be used. The list stands here on the screen; “Print…” lets you choose another.");

  limber_building_page_tell (self->building, error != NULL ? problem : NULL);
  if (printed)
    say (self, FALSE, _("Handed to the printer: who is in the building"));
  else if (error != NULL && self->present == NULL)
    say (self, TRUE, problem);
}

static void
day_printed (gboolean printed, const GError *error, gpointer data)
{
  if (printed)
    say (data, FALSE, _("Handed to the printer: the day’s list"));
  else if (error != NULL)
    say (data, TRUE, error->message);
}

static gboolean
read_list (LimberReader *reader, gpointer data, GError **error)
{
  Printing *printing = data;
  const LimberId *site = printing->has_site ? &printing->site : NULL;

  printing->list = printing->building ? limber_building_read (reader, site, printing->now, error) : limber_day_list_read (reader, site, printing->date, error);
  return printing->list != NULL;
}

static void
print_list (GObject *source, GAsyncResult *result, gpointer data)
{
  Printing *printing = limber_store_read_data (result);
  LimberPaperwork *self = printing->paperwork;
  GtkRoot *window = gtk_widget_get_root (GTK_WIDGET (self));
  g_autoptr (GError) error = NULL;
  LimberPaperHead head;

  if (!limber_store_read_finish (LIMBER_STORE (source), result, &error)) {
    say (self, TRUE, error->message);
    return;
  }
  if (window == NULL || self->work == NULL) /* nobody is at work any more */
    return;
  head = (LimberPaperHead){ self->work->site, printing->date, printing->now, self->work->sync, limber_staff_member_get_name (self->work->member) };
  limber_print (GTK_WINDOW (window), printing->building ? limber_day_paper_of_building (printing->list, &head) : limber_day_paper_of_day (printing->list, &head),
                printing->building ? _("Who is in the building") : _("Day’s list"), !printing->ask, printing->building ? building_printed : day_printed, g_object_ref (self), g_object_unref);
}

/* @date: (nullable): of a day's list */
static void
start_printing (LimberPaperwork *self, gboolean building, const char *date, gboolean ask)
{
  const LimberIdentity *identity = limber_store_identity (self->work->store);
  Printing *printing = g_new0 (Printing, 1);
  char today[LIMBER_DATE_LENGTH + 1];

  printing->paperwork = g_object_ref (self);
  printing->building = building;
  printing->ask = ask;
  printing->has_site = identity->has_site;
  printing->site = identity->site;
  printing->now = now_of (self);
  limber_date_of_time (printing->now, today);
  printing->date = g_strdup (date != NULL ? date : today);
  limber_store_read_async (self->work->store, read_list, printing, printing_free, NULL, print_list, NULL);
}

/* Actions */

static void
open_end (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LimberPaperwork *self = data;

  limber_open_visits_tick (self->open);
  show_page (self, "end");
  limber_end_page_show (self->end);
}

static void
open_building (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LimberPaperwork *self = data;

  if (self->present == NULL)
    self->present = limber_building_list_new (self->work->store);
  limber_building_page_set_list (self->building, self->present);
  show_fresh (self);
  show_page (self, "building");
  start_printing (self, TRUE, NULL, FALSE);
}

static void
print_building (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  start_printing (data, TRUE, NULL, g_variant_get_boolean (parameter));
}

static void
print_day (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  start_printing (data, FALSE, NULL, TRUE);
}

static void
print_tomorrow (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LimberPaperwork *self = data;
  char today[LIMBER_DATE_LENGTH + 1];
  g_autofree char *tomorrow = NULL;

  limber_date_of_time (now_of (self), today);
  tomorrow = limber_date_add_days (today, 1);
  start_printing (self, FALSE, tomorrow, TRUE);
}

static void
open_retype (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LimberPaperwork *self = data;

  show_page (self, "retype");
  limber_retype_page_open (self->retype, NULL, NULL);
}

static LimberVisit *
limber_paperwork_get_visit (LimberDeskPage *page)
{
  LimberPaperwork *self = LIMBER_PAPERWORK (page);

  return self->is_open && g_str_equal (gtk_stack_get_visible_child_name (self->stack), "end") ? limber_end_page_get_selected (self->end) : NULL;
}

/* The visit of day's end that an action is about. */
static LimberVisit *
visit_of (LimberPaperwork *self, GVariant *parameter)
{
  const char *text = g_variant_get_string (parameter, NULL);
  LimberId id;

  if (*text == '\0')
    return limber_paperwork_get_visit (LIMBER_DESK_PAGE (self));
  return limber_id_parse (&id, text) ? limber_end_page_find (self->end, &id) : NULL;
}

static void
came (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LimberPaperwork *self = data;
  LimberVisit *visit = visit_of (self, parameter);
  char date[LIMBER_DATE_LENGTH + 1];

  if (visit == NULL)
    return;
  limber_date_of_time (limber_visit_get_start (visit), date);
  show_page (self, "retype");
  limber_retype_page_open (self->retype, date, limber_visit_get_id (visit));
}

static void
do_deed (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  static const struct { const char *action; LimberAct act; const char *code; } deeds[] = {
    { "did-not-come", LIMBER_ACT_DID_NOT_ATTEND, NULL }, { "was-seen", LIMBER_ACT_SEEN, NULL }, { "cancelled-by-patient", LIMBER_ACT_CANCEL, "patient" }, { "cancelled-by-us", LIMBER_ACT_CANCEL, "provider" },
  };
  LimberPaperwork *self = data;
  LimberVisit *visit = visit_of (self, parameter);
  g_autofree char *name = visit != NULL ? limber_visit_dup_spoken_name (visit) : NULL, *reason = limber_end_page_dup_reason (self->end);

  for (gsize i = 0; visit != NULL && i < G_N_ELEMENTS (deeds); i++)
    if (g_str_equal (deeds[i].action, g_action_get_name (G_ACTION (action))))
      limber_deeds_say (self->work->deeds,
                        &(LimberActing){ .act = deeds[i].act, .id = *limber_visit_get_id (visit), .code = deeds[i].code, .why = deeds[i].code != NULL && *reason != '\0' ? reason : NULL },
                        name);
}

static const GActionEntry entries[] = {
  { "end", open_end, NULL, NULL, NULL },
  { "building", open_building, NULL, NULL, NULL },
  { "print-building", print_building, "b", NULL, NULL },
  { "print", print_day, NULL, NULL, NULL },
  { "print-tomorrow", print_tomorrow, NULL, NULL, NULL },
  { "retype", open_retype, NULL, NULL, NULL },
  { "came", came, "s", NULL, NULL },
  { "did-not-come", do_deed, "s", NULL, NULL },
  { "was-seen", do_deed, "s", NULL, NULL },
  { "cancelled-by-patient", do_deed, "s", NULL, NULL },
  { "cancelled-by-us", do_deed, "s", NULL, NULL },
};

/* Without a site there is no building, and no one list; without somebody at work there is nothing. */
static void
enable (LimberPaperwork *self)
{
  static const char *const of_a_site[] = { "building", "print-building", "print", "print-tomorrow", "retype", "came", NULL };
  gboolean has_site = self->work != NULL && limber_store_identity (self->work->store)->has_site;

  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), entries[i].name)),
                                 (g_strv_contains (of_a_site, entries[i].name) ? has_site : self->work != NULL) && limber_rights_enables (self->work->member, entries[i].name));
}

static void
limber_paperwork_start (LimberDeskPage *page, const LimberWork *work)
{
  LimberPaperwork *self = LIMBER_PAPERWORK (page);

  self->work = work;
  self->open = limber_open_visits_new (work->store);
  g_signal_connect_object (self->open, "changed", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
  limber_end_page_set_open (self->end, self->open);
  limber_retype_page_start (self->retype, work->store, work->member);
  g_signal_connect_object (work->member, "stands", G_CALLBACK (enable), self, G_CONNECT_SWAPPED);
  enable (self);
}

/* Its actions have chosen what is to be seen. */
static gboolean
limber_paperwork_open (LimberDeskPage *page, const LimberWork *work, const char *about)
{
  LIMBER_PAPERWORK (page)->is_open = TRUE;
  return TRUE;
}

/* What was typed and not saved is kept until work ends. */
static void
limber_paperwork_close (LimberDeskPage *page)
{
  LimberPaperwork *self = LIMBER_PAPERWORK (page);

  self->is_open = FALSE;
  limber_building_page_set_list (self->building, NULL);
  g_clear_object (&self->present);
}

static void
limber_paperwork_stop (LimberDeskPage *page)
{
  LimberPaperwork *self = LIMBER_PAPERWORK (page);

  limber_retype_page_stop (self->retype);
  limber_end_page_set_open (self->end, NULL);
  if (self->open != NULL)
    g_signal_handlers_disconnect_by_func (self->open, changed, self);
  g_clear_object (&self->open);
  if (self->work != NULL)
    g_signal_handlers_disconnect_by_func (self->work->member, enable, self);
  self->work = NULL;
  enable (self);
}

static void
limber_paperwork_tick (LimberDeskPage *page, const LimberWork *work)
{
  LimberPaperwork *self = LIMBER_PAPERWORK (page);

  limber_open_visits_tick (self->open);
  if (self->present != NULL)
    limber_building_list_tick (self->present);
  show_fresh (self);
}

static void
limber_paperwork_be_page (LimberDeskPageInterface *iface)
{
  iface->start = limber_paperwork_start;
  iface->stop = limber_paperwork_stop;
  iface->open = limber_paperwork_open;
  iface->close = limber_paperwork_close;
  iface->tick = limber_paperwork_tick;
  iface->get_visit = limber_paperwork_get_visit;
}

/**
 * limber_paperwork_get_earlier:
 *
 * Returns: how many appointments of earlier days nobody has closed
 */
guint
limber_paperwork_get_earlier (LimberPaperwork *self)
{
  return self->open != NULL ? limber_open_visits_count_earlier (self->open) : 0;
}

static void
limber_paperwork_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (limber_paperwork_parent_class)->root (widget);
  gtk_widget_insert_action_group (GTK_WIDGET (gtk_widget_get_root (widget)), "day", G_ACTION_GROUP (LIMBER_PAPERWORK (widget)->actions));
}

static void
limber_paperwork_unroot (GtkWidget *widget)
{
  gtk_widget_insert_action_group (GTK_WIDGET (gtk_widget_get_root (widget)), "day", NULL);
  GTK_WIDGET_CLASS (limber_paperwork_parent_class)->unroot (widget);
}

static void
limber_paperwork_dispose (GObject *object)
{
  LimberPaperwork *self = LIMBER_PAPERWORK (object);

  if (self->stack != NULL) {
    limber_paperwork_close (LIMBER_DESK_PAGE (self));
    limber_paperwork_stop (LIMBER_DESK_PAGE (self));
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->stack)));
  }
  g_clear_object (&self->actions);
  G_OBJECT_CLASS (limber_paperwork_parent_class)->dispose (object);
}

static void
limber_paperwork_class_init (LimberPaperworkClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_paperwork_dispose;
  widget_class->root = limber_paperwork_root;
  widget_class->unroot = limber_paperwork_unroot;
  g_type_ensure (LIMBER_TYPE_END_PAGE);
  g_type_ensure (LIMBER_TYPE_BUILDING_PAGE);
  g_type_ensure (LIMBER_TYPE_RETYPE_PAGE);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-paperwork.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberPaperwork, stack);
  gtk_widget_class_bind_template_child (widget_class, LimberPaperwork, end);
  gtk_widget_class_bind_template_child (widget_class, LimberPaperwork, building);
  gtk_widget_class_bind_template_child (widget_class, LimberPaperwork, retype);
  gtk_widget_class_bind_template_callback (widget_class, changed);
}

static void
limber_paperwork_init (LimberPaperwork *self)
{
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_init_template (GTK_WIDGET (self));
  enable (self);
}
