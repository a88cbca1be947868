/* What is known is not told: who was here already when somebody came to work, and what the window showed while it was in front. */
#include "limber-bell.h"

#include <glib/gi18n-lib.h>

#include "limber-date.h"
#include "limber-task-item.h"
#include "limber-visit.h"
#include "limber-window-state.h"

#define SEVERAL 3 /* who come at once, as after a night without a line, are told of together */
#define TASKS "tasks"
#define ARRIVALS "arrivals"

struct _LimberBell {
  GObject            parent_instance;
  GtkWindow         *window;   /* (unowned): has it */
  LimberDay         *day;      /* (owned) */
  LimberStaffMember *member;   /* (owned) */
  LimberNotifier    *notifier; /* (owned) */
  GSettings         *settings; /* (owned) (nullable) */
  GHashTable        *waiting;  /* (owned) (nullable): LimberId of her visits whose people wait; %NULL until the day was seen */
  GHashTable        *tasks;    /* (owned) (nullable): LimberId */
};

G_DEFINE_FINAL_TYPE (LimberBell, limber_bell, G_TYPE_OBJECT)

static gboolean
is_silent (LimberBell *self)
{
  return gtk_window_is_active (self->window) || (self->settings != NULL && !g_settings_get_boolean (self->settings, "notifications"));
}

static gboolean
waits_for_her (LimberBell *self, LimberVisit *visit)
{
  const LimberId *clinician = limber_row_id (limber_visit_get_row (visit), "clinician");

  return limber_visit_get_status (visit) == LIMBER_VISIT_ARRIVED && clinician != NULL && limber_id_equal (clinician, limber_staff_member_get_id (self->member));
}

static GHashTable *
set_new (void)
{
  return g_hash_table_new_full (limber_id_hash, limber_id_equal, g_free, NULL);
}

static void
set_add (GHashTable *set, const LimberId *id)
{
  g_hash_table_add (set, g_memdup2 (id, sizeof *id));
}

static void
tell_arrival (LimberBell *self, LimberVisit *visit)
{
  const LimberNoticeAction actions[] = { { "default", _("Open") }, { "open", _("Open") }, { "call", _("Call in") }, { NULL, NULL } };
  g_autofree char *id = limber_id_dup_text (limber_visit_get_id (visit));
  g_autofree char *start = limber_time_for_staff (limber_visit_get_start (visit)), *came = limber_time_for_staff (limber_visit_get_arrived (visit));
  /* Translators: the time of an appointment, by which a clinician knows whose it is. No name may stand here. */
  g_autofree char *title = g_strdup_printf (_("Your %s is here"), start);
  g_autofree char *body = g_strdup_printf (_("Waiting since %s"), came);

  limber_notifier_show (self->notifier, id, title, body, actions);
}

static void
tell_arrivals (LimberBell *self, guint n)
{
  const LimberNoticeAction actions[] = { { "default", _("Open") }, { "open", _("Open") }, { NULL, NULL } };
  g_autofree char *title = g_strdup_printf (ngettext ("%u person is here for you", "%u people are here for you", n), n);

  limber_notifier_show (self->notifier, ARRIVALS, title, "", actions);
}

static void
look_at_visits (LimberBell *self)
{
  GListModel *visits = limber_day_get_all (self->day);
  g_autoptr (GHashTable) before = g_steal_pointer (&self->waiting);
  g_autoptr (GPtrArray) came = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer id;

  self->waiting = set_new ();
  for (guint i = 0; i < g_list_model_get_n_items (visits); i++) {
    g_autoptr (LimberVisit) visit = g_list_model_get_item (visits, i);

    if (!waits_for_her (self, visit))
      continue;
    set_add (self->waiting, limber_visit_get_id (visit));
    if (before != NULL && !g_hash_table_contains (before, limber_visit_get_id (visit)))
      g_ptr_array_add (came, g_steal_pointer (&visit));
  }
  if (!is_silent (self) && came->len > SEVERAL)
    tell_arrivals (self, came->len);
  else if (!is_silent (self))
    for (guint i = 0; i < came->len; i++)
      tell_arrival (self, g_ptr_array_index (came, i));
  if (before == NULL)
    return;
  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!g_hash_table_contains (self->waiting, id)) {
      g_autofree char *text = limber_id_dup_text (id);

      limber_notifier_withdraw (self->notifier, text);
    }
}

/* What only a comparison can decide is not done by a button. */
static gboolean
can_be_done (LimberTaskItem *task)
{
  return task != NULL && !g_str_equal (limber_task_item_get_about (task), "duplicate");
}

static void
tell_tasks (LimberBell *self, guint n)
{
  g_autoptr (LimberTaskItem) task = g_list_model_get_item (limber_day_get_tasks (self->day), 0);
  gboolean one = n == 1 && can_be_done (task);
  const LimberNoticeAction actions[] = { { "default", _("Open") }, { "open", _("Open") }, { one ? "done" : NULL, _("Done") }, { NULL, NULL } };
  g_autofree char *body = g_strdup_printf (ngettext ("%u task waits", "%u tasks wait", n), n);

  limber_notifier_show (self->notifier, TASKS, _("The desk is needed"), body, actions);
}

static void
look_at_tasks (LimberBell *self)
{
  GListModel *tasks = limber_day_get_tasks (self->day);
  guint n = g_list_model_get_n_items (tasks);
  g_autoptr (GHashTable) before = g_steal_pointer (&self->tasks);
  gboolean any_new = FALSE;

  self->tasks = set_new ();
  for (guint i = 0; i < n; i++) {
    g_autoptr (LimberTaskItem) task = g_list_model_get_item (tasks, i);

    set_add (self->tasks, limber_task_item_get_id (task));
    any_new = any_new || (before != NULL && !g_hash_table_contains (before, limber_task_item_get_id (task)));
  }
  if (n == 0)
    limber_notifier_withdraw (self->notifier, TASKS);
  else if (any_new && !is_silent (self))
    tell_tasks (self, n);
}

static void
day_changed (LimberBell *self)
{
  if (!limber_day_is_loaded (self->day))
    return;
  look_at_visits (self);
  look_at_tasks (self);
}

static void
is_active_changed (LimberBell *self)
{
  if (gtk_window_is_active (self->window))
    limber_notifier_withdraw_all (self->notifier);
}

static void
do_about (LimberBell *self, const char *action, const char *target)
{
  gtk_widget_activate_action (GTK_WIDGET (self->window), action, "s", target);
}

static void
act_on_visit (LimberBell *self, const LimberId *id, const char *action)
{
  LimberVisit *visit = limber_day_find (self->day, id);
  const LimberId *person = visit != NULL ? limber_row_id (limber_visit_get_row (visit), "person") : NULL;
  g_autofree char *appointment = limber_id_dup_text (id), *patient = person != NULL ? limber_id_dup_text (person) : NULL;
  g_autofree char *page = g_strconcat ("person:", patient, NULL);

  if (g_str_equal (action, "call"))
    do_about (self, "desk.call", appointment);
  else if (patient != NULL)
    do_about (self, "desk.go", page);
}

static void
act_on_tasks (LimberBell *self, const char *action)
{
  g_autoptr (LimberTaskItem) task = g_list_model_get_item (limber_day_get_tasks (self->day), 0);

  if (g_str_equal (action, "done") && g_list_model_get_n_items (limber_day_get_tasks (self->day)) == 1 && can_be_done (task)) {
    g_autofree char *id = limber_id_dup_text (limber_task_item_get_id (task));

    do_about (self, "desk.task-done", id);
    return;
  }
  do_about (self, "desk.go", "tasks");
}

static void
acted (LimberBell *self, const char *id, const char *action, const char *token)
{
  LimberId appointment;

  if (token != NULL)
    gtk_window_set_startup_id (self->window, token);
  gtk_window_present (self->window);
  if (g_str_equal (id, TASKS))
    act_on_tasks (self, action);
  else if (g_str_equal (id, ARRIVALS))
    do_about (self, "desk.go", "today");
  else if (limber_id_parse (&appointment, id))
    act_on_visit (self, &appointment, action);
  limber_notifier_withdraw (self->notifier, id);
}

static void
limber_bell_dispose (GObject *object)
{
  LimberBell *self = LIMBER_BELL (object);

  if (self->notifier != NULL)
    limber_bell_stop (self);
  g_clear_object (&self->notifier);
  g_clear_object (&self->settings);
  g_clear_object (&self->day);
  g_clear_object (&self->member);
  g_clear_pointer (&self->waiting, g_hash_table_unref);
  g_clear_pointer (&self->tasks, g_hash_table_unref);
  G_OBJECT_CLASS (limber_bell_parent_class)->dispose (object);
}

static void
limber_bell_class_init (LimberBellClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = limber_bell_dispose;
}

static void
limber_bell_init (LimberBell *self)
{
  self->settings = limber_settings_new ();
}

/**
 * limber_bell_new:
 * @notifier: tells
 * @window: (unowned): where it is acted; must outlive the bell
 * @day: whose visits and tasks are told
 * @member: who is at work
 *
 * Returns: (transfer full): a bell that tells what comes from now on
 */
LimberBell *
limber_bell_new (LimberNotifier *notifier, GtkWindow *window, LimberDay *day, LimberStaffMember *member)
{
  LimberBell *self = g_object_new (LIMBER_TYPE_BELL, NULL);

  self->notifier = g_object_ref (notifier);
  self->window = window;
  self->day = g_object_ref (day);
  self->member = g_object_ref (member);
  g_signal_connect_object (day, "changed", G_CALLBACK (day_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "notify::is-active", G_CALLBACK (is_active_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->notifier, "acted", G_CALLBACK (acted), self, G_CONNECT_SWAPPED);
  day_changed (self);
  return self;
}

/**
 * limber_bell_stop:
 *
 * Takes back what was told: from now on nothing is told and nothing acts.
 */
void
limber_bell_stop (LimberBell *self)
{
  g_signal_handlers_disconnect_by_data (self->day, self);
  g_signal_handlers_disconnect_by_data (self->window, self);
  g_signal_handlers_disconnect_by_data (self->notifier, self);
  limber_notifier_withdraw_all (self->notifier);
}
