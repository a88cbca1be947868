/* Both records are live: what changes elsewhere while somebody compares changes here, and what speaks against the two being one
 * person is asked anew. */
#include "limber-compare-page.h"

#include <glib/gi18n-lib.h>

#include "limber-compared-row.h"
#include "limber-date.h"
#include "limber-error.h"
#include "limber-live-query.h"
#include "limber-merging.h"
#include "limber-person.h"

struct _LimberComparePage {
  GtkWidget        parent_instance;
  LimberStore     *store;       /* (owned) (nullable): %NULL while closed */
  LimberDeeds     *deeds;       /* (owned) (nullable) */
  GCancellable    *cancellable; /* (owned) (nullable): of the judging that is under way */
  LimberId         task;
  LimberId         one, other;
  LimberLiveQuery *ones, *others; /* (owned) (nullable): all records of each */
  LimberMergingVerdict verdict;
  gboolean         judged;
  GtkWidget       *box;
  GtkLabel        *why;
  GtkStack        *stack;
  GtkNoSelection  *selection;
  GtkWidget       *doubt;
  GtkLabel        *doubt_text;
  GtkWidget       *sure;
  GtkWidget       *keep_one;
  GtkWidget       *two;
  GtkWidget       *keep_other;
};

static void limber_compare_page_be_page (LimberDeskPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LimberComparePage, limber_compare_page, GTK_TYPE_WIDGET, G_IMPLEMENT_INTERFACE (LIMBER_TYPE_DESK_PAGE, limber_compare_page_be_page))

/* What is judged, in a worker. */
typedef struct {
  LimberId             one, other;
  LimberMergingVerdict verdict;
  char                *words; /* (owned) (nullable) */
} Judging;

static void
judging_free (Judging *judging)
{
  g_free (judging->words);
  g_free (judging);
}

/* @id's row among all records of a person. */
static LimberRow *
find_row (LimberLiveQuery *records, const LimberId *id)
{
  guint n = records != NULL ? g_list_model_get_n_items (G_LIST_MODEL (records)) : 0;

  for (guint i = 0; i < n; i++) {
    g_autoptr (LimberRow) row = g_list_model_get_item (G_LIST_MODEL (records), i);

    if (limber_id_equal (limber_row_id (row, "id"), id))
      return g_steal_pointer (&row);
  }
  return NULL;
}

static void
update_buttons (LimberComparePage *self)
{
  gboolean sure = self->verdict == LIMBER_MERGING_FINE || gtk_check_button_get_active (GTK_CHECK_BUTTON (self->sure));
  gboolean can = self->judged && self->verdict != LIMBER_MERGING_WRONG && sure;

  gtk_widget_set_sensitive (self->keep_one, can);
  gtk_widget_set_sensitive (self->keep_other, can);
  gtk_widget_set_visible (self->sure, self->judged && self->verdict == LIMBER_MERGING_DOUBTFUL);
}

static gboolean
judge (LimberReader *reader, gpointer data, GError **error)
{
  Judging *judging = data;
  g_autoptr (GError) why = NULL;

  judging->verdict = limber_merging_judge (reader, &judging->one, &judging->other, &why);
  judging->words = why != NULL ? g_strdup (why->message) : NULL;
  return TRUE;
}

static void
on_judged (GObject *source, GAsyncResult *result, gpointer data)
{
  LimberComparePage *self = data;
  g_autoptr (GError) error = NULL;
  Judging *judging = limber_store_read_data (result);
  gboolean read = limber_store_read_finish (LIMBER_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* the page shows others, or is gone */
  self->judged = TRUE;
  self->verdict = read ? judging->verdict : LIMBER_MERGING_WRONG;
  gtk_label_set_text (self->doubt_text, error != NULL ? error->message : judging->words != NULL ? judging->words : "");
  gtk_widget_set_visible (self->doubt, self->verdict != LIMBER_MERGING_FINE);
  update_buttons (self);
}

static void
judge_anew (LimberComparePage *self)
{
  Judging *judging = g_new0 (Judging, 1);

  judging->one = self->one;
  judging->other = self->other;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  limber_store_read_async (self->store, judge, judging, (GDestroyNotify) judging_free, self->cancellable, on_judged, self);
}

static gboolean
is_loaded (LimberComparePage *self)
{
  return limber_live_query_is_loaded (self->ones) && limber_live_query_is_loaded (self->others);
}

/* The two buttons read alike; whoever hears them hears of whom each is. */
static void
name_button (GtkWidget *button, LimberRow *row)
{
  g_autofree char *name = limber_person_name (limber_row_text (row, "family"), limber_row_text (row, "given"), limber_row_text (row, "title"));
  /* Translators: %s is a person's name. */
  g_autofree char *label = g_strdup_printf (_("Same person: show the record of %s"), name);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
update (LimberComparePage *self)
{
  g_autoptr (LimberRow) one = find_row (self->ones, &self->one), other = find_row (self->others, &self->other);
  g_autoptr (GListModel) compared = NULL;
  char today[LIMBER_DATE_LENGTH + 1];

  if (self->store == NULL)
    return;
  limber_date_of_time (limber_env_now (limber_store_env (self->store)), today);
  compared = one != NULL && other != NULL ? limber_compared_list (one, other, today) : NULL;
  gtk_no_selection_set_model (self->selection, compared);
  gtk_stack_set_visible_child_name (self->stack, compared != NULL ? "pair" : is_loaded (self) ? "gone" : "loading");
  if (compared == NULL)
    return;
  name_button (self->keep_one, one);
  name_button (self->keep_other, other);
  judge_anew (self);
}

/* Of somebody with several records the one that is shown is made to point. */
static void
keep (LimberComparePage *self, const LimberId *kept, LimberLiveQuery *keeps, LimberLiveQuery *others)
{
  g_autoptr (LimberRow) row = find_row (keeps, kept), shown = g_list_model_get_item (G_LIST_MODEL (others), 0);
  g_autofree char *name = row != NULL ? limber_person_spoken (limber_row_text (row, "given"), limber_row_text (row, "family")) : NULL;

  if (row != NULL && shown != NULL)
    limber_deeds_merge (self->deeds, kept, limber_row_id (shown, "id"), self->verdict == LIMBER_MERGING_DOUBTFUL, name);
  gtk_widget_activate_action (GTK_WIDGET (self), "desk.back", NULL);
}

static void
keep_one (LimberComparePage *self)
{
  keep (self, &self->one, self->ones, self->others);
}

static void
keep_other (LimberComparePage *self)
{
  keep (self, &self->other, self->others, self->ones);
}

static void
two_people (LimberComparePage *self)
{
  limber_deeds_do (self->deeds, LIMBER_ACT_TWO_PEOPLE, &self->task, "");
  gtk_widget_activate_action (GTK_WIDGET (self), "desk.back", NULL);
}

static LimberLiveQuery *
watch (LimberComparePage *self, const LimberId *id)
{
  LimberLiveQuery *query = limber_live_query_new (self->store, "person-records", "d", id);

  g_signal_connect_object (query, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (query, "notify::loaded", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  return query;
}

static void
drop (LimberComparePage *self, LimberLiveQuery **query)
{
  if (*query != NULL)
    g_signal_handlers_disconnect_by_func (*query, update, self);
  g_clear_object (query);
}

/* Forgets whom it showed. */
static void
limber_compare_page_close (LimberDeskPage *page)
{
  LimberComparePage *self = LIMBER_COMPARE_PAGE (page);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  drop (self, &self->ones);
  drop (self, &self->others);
  gtk_no_selection_set_model (self->selection, NULL);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->sure), FALSE);
  gtk_label_set_text (self->why, "");
  gtk_label_set_text (self->doubt_text, "");
  gtk_widget_set_visible (self->doubt, FALSE);
  self->judged = FALSE;
  g_clear_object (&self->deeds);
  g_clear_object (&self->store);
}

static void
show_pair (LimberComparePage *self, LimberTaskItem *task)
{
  GArray *people = limber_task_item_get_people (task);

  self->task = *limber_task_item_get_id (task);
  self->one = g_array_index (people, LimberId, 0);
  self->other = g_array_index (people, LimberId, 1);
  gtk_label_set_text (self->why, limber_task_item_get_text (task));
  self->ones = watch (self, &self->one);
  self->others = watch (self, &self->other);
  update_buttons (self);
  update (self);
  gtk_widget_grab_focus (self->two);
}

/* @about: the id of a task that asks whether two records are one person; nothing happens when it is not open any more. */
static gboolean
limber_compare_page_open (LimberDeskPage *page, const LimberWork *work, const char *about)
{
  LimberComparePage *self = LIMBER_COMPARE_PAGE (page);
  LimberId id;
  LimberTaskItem *task = about != NULL && limber_id_parse (&id, about) ? limber_day_find_task (work->day, &id) : NULL;

  if (task == NULL || limber_task_item_get_people (task)->len != 2)
    return FALSE;
  limber_compare_page_close (page);
  self->store = g_object_ref (work->store);
  self->deeds = g_object_ref (work->deeds);
  show_pair (self, task);
  return TRUE;
}

static void
limber_compare_page_be_page (LimberDeskPageInterface *iface)
{
  iface->open = limber_compare_page_open;
  iface->close = limber_compare_page_close;
}

static void
limber_compare_page_dispose (GObject *object)
{
  LimberComparePage *self = LIMBER_COMPARE_PAGE (object);

  if (self->box != NULL)
    limber_compare_page_close (LIMBER_DESK_PAGE (self));
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (limber_compare_page_parent_class)->dispose (object);
}

static void
limber_compare_page_class_init (LimberComparePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_compare_page_dispose;
  g_type_ensure (LIMBER_TYPE_COMPARED_ROW);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-compare-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberComparePage, box);
  gtk_widget_class_bind_template_child (widget_class, LimberComparePage, why);
  gtk_widget_class_bind_template_child (widget_class, LimberComparePage, stack);
  gtk_widget_class_bind_template_child (widget_class, LimberComparePage, selection);
  gtk_widget_class_bind_template_child (widget_class, LimberComparePage, doubt);
  gtk_widget_class_bind_template_child (widget_class, LimberComparePage, doubt_text);
  gtk_widget_class_bind_template_child (widget_class, LimberComparePage, sure);
  gtk_widget_class_bind_template_child (widget_class, LimberComparePage, keep_one);
  gtk_widget_class_bind_template_child (widget_class, LimberComparePage, two);
  gtk_widget_class_bind_template_child (widget_class, LimberComparePage, keep_other);
  gtk_widget_class_bind_template_callback (widget_class, keep_one);
  gtk_widget_class_bind_template_callback (widget_class, keep_other);
  gtk_widget_class_bind_template_callback (widget_class, two_people);
  gtk_widget_class_bind_template_callback (widget_class, update_buttons);
}

static void
limber_compare_page_init (LimberComparePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
