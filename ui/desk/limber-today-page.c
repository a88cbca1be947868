/* The selected visit is remembered by its appointment, because its object is another whenever anything about it changes. */
#include "limber-today-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "limber-headings.h"
#include "limber-person.h"
#include "limber-task-row.h"
#include "limber-visit-row.h"
#include "limber-visits.h"

struct _LimberTodayPage {
  GtkWidget           parent_instance;
  guint               scroller;     /* a tick callback, 0 when there is none */
  guint               frames;       /* until it is over */
  gboolean            was_at_top;   /* before the list changed */
  LimberDay          *day;          /* (owned) (nullable) */
  gboolean            has_selected;
  gboolean            follow;       /* whether the selected visit is to stay in sight when it moves next */
  LimberId            selected_id;  /* of the appointment */
  GtkWidget          *box;
  GtkLabel           *title;
  GtkLabel           *summary;
  GtkWidget          *earlier;
  GtkLabel           *earlier_text;
  GtkDropDown        *clinician;
  GtkDropDown        *place;
  GtkDropDown        *show;
  GtkWidget          *tasks_box;
  GtkListView        *tasks;
  GtkStack           *stack;
  GtkWidget          *list;
  GtkSingleSelection *selection;
  AdwStatusPage      *error;
};

enum {
  PROP_0,
  PROP_SELECTED,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (LimberTodayPage, limber_today_page, GTK_TYPE_WIDGET)

static void
show_page (LimberTodayPage *self)
{
  const GError *error = limber_day_get_error (self->day);
  guint shown = g_list_model_get_n_items (limber_day_get_visits (self->day));

  if (error != NULL) {
    adw_status_page_set_description (self->error, error->message);
    gtk_stack_set_visible_child_name (self->stack, "error");
  } else if (!limber_day_is_loaded (self->day))
    gtk_stack_set_visible_child_name (self->stack, "loading");
  else if (limber_day_count (self->day) == 0)
    gtk_stack_set_visible_child_name (self->stack, "empty");
  else
    gtk_stack_set_visible_child_name (self->stack, shown == 0 ? "filtered" : "list");
}

static void
day_changed (LimberTodayPage *self)
{
  g_autofree char *title = limber_day_dup_title (self->day), *summary = limber_day_dup_summary (self->day);

  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->summary, limber_day_count (self->day) > 0 ? summary : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->summary), summary);
  gtk_widget_set_visible (self->tasks_box, g_list_model_get_n_items (limber_day_get_tasks (self->day)) > 0);
  show_page (self);
}

/* Somebody who arrives comes to the top: a reader who is at the top sees it, one who has scrolled stays where she is. */
static gboolean
go_where_it_belongs (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  LimberTodayPage *self = LIMBER_TODAY_PAGE (widget);
  guint selected = gtk_single_selection_get_selected (self->selection), n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  if (self->was_at_top && n > 0)
    gtk_widget_activate_action (self->list, "list.scroll-to-item", "u", 0);
  if (self->follow && selected < n)
    gtk_widget_activate_action (self->list, "list.scroll-to-item", "u", selected);
  if (--self->frames > 0)
    return G_SOURCE_CONTINUE;
  self->scroller = 0;
  self->was_at_top = FALSE;
  self->follow = FALSE;
  return G_SOURCE_REMOVE;
}

/* With the next frame, and once more when that has given each row its place: until then a list takes a new row for one without a height, and
 * leaves it below its edge. */
static void
scroll_soon (LimberTodayPage *self)
{
  self->frames = 2;
  if (self->scroller == 0)
    self->scroller = gtk_widget_add_tick_callback (GTK_WIDGET (self), go_where_it_belongs, NULL, NULL);
}

static void
scroll_no_more (LimberTodayPage *self)
{
  if (self->scroller != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->scroller);
  self->scroller = 0;
}

static guint
position_of (LimberTodayPage *self, const LimberId *appointment)
{
  return limber_visits_position (G_LIST_MODEL (self->selection), appointment);
}

/* A visit whose object was replaced is selected again; the list stays where the reader has it. */
static void
visits_changed (LimberTodayPage *self)
{
  if (gtk_adjustment_get_value (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->list))) < 1) {
    self->was_at_top = TRUE;
    scroll_soon (self);
  }
  if (self->has_selected && gtk_single_selection_get_selected (self->selection) == GTK_INVALID_LIST_POSITION) {
    gtk_single_selection_set_selected (self->selection, position_of (self, &self->selected_id));
    if (self->follow)
      scroll_soon (self);
  }
  if (self->day != NULL)
    show_page (self);
}

static void
selection_changed (LimberTodayPage *self)
{
  LimberVisit *visit = gtk_single_selection_get_selected_item (self->selection);

  if (visit != NULL) {
    self->has_selected = TRUE;
    self->selected_id = *limber_visit_get_id (visit);
  }
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SELECTED]);
}

static void
filter_changed (LimberTodayPage *self)
{
  LimberRow *row = gtk_drop_down_get_selected_item (self->clinician), *place = gtk_drop_down_get_selected_item (self->place);

  if (self->day == NULL)
    return;
  limber_day_show (self->day, (LimberDayShow) gtk_drop_down_get_selected (self->show), row != NULL ? limber_row_id (row, "id") : NULL, place != NULL ? limber_row_id (place, "id") : NULL);
  show_page (self);
}

static void
show_all (LimberTodayPage *self)
{
  gtk_drop_down_set_selected (self->show, LIMBER_DAY_ALL);
  gtk_drop_down_set_selected (self->clinician, 0);
  gtk_drop_down_set_selected (self->place, 0);
}

static void
try_again (LimberTodayPage *self)
{
  limber_day_reload (self->day);
}

static void
activated (LimberTodayPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "desk.open", NULL);
}

/* What the choice of clinician says for a row; the first stands for everybody and has no id. */
static char *
clinician_name (LimberRow *row)
{
  if (!limber_row_has (row, "id"))
    return g_strdup (_("Everyone’s list"));
  return limber_person_spoken (limber_row_text (row, "given"), limber_row_text (row, "family"));
}

static char *
place_name (LimberRow *row)
{
  return g_strdup (limber_row_has (row, "id") ? limber_row_text (row, "name") : _("Every room"));
}

/* @rows, after one that stands for all of them. */
static GListModel *
with_all (GListModel *rows)
{
  static const char *const names[] = { "id" };
  g_autoptr (GListStore) all = g_list_store_new (LIMBER_TYPE_ROW);
  g_autoptr (LimberRow) row = limber_row_new (names, 1);
  GListStore *both = g_list_store_new (G_TYPE_LIST_MODEL);

  g_list_store_append (all, row);
  g_list_store_append (both, all);
  g_list_store_append (both, rows);
  return G_LIST_MODEL (gtk_flatten_list_model_new (G_LIST_MODEL (both)));
}

/**
 * limber_today_page_set_day:
 * @day: (nullable): what to show
 */
void
limber_today_page_set_day (LimberTodayPage *self, LimberDay *day)
{
  if (self->day != NULL)
    g_signal_handlers_disconnect_by_func (self->day, day_changed, self);
  g_set_object (&self->day, day);
  self->has_selected = FALSE;
  self->follow = FALSE;
  if (day == NULL) {
    gtk_single_selection_set_model (self->selection, NULL);
    gtk_list_view_set_model (self->tasks, NULL);
    gtk_drop_down_set_model (self->clinician, NULL);
    gtk_drop_down_set_model (self->place, NULL);
  } else {
    g_autoptr (GtkNoSelection) tasks = gtk_no_selection_new (g_object_ref (limber_day_get_tasks (day)));
    g_autoptr (GListModel) clinicians = with_all (limber_day_get_clinicians (day)), places = with_all (limber_day_get_places (day));

    g_signal_connect_object (day, "changed", G_CALLBACK (day_changed), self, G_CONNECT_SWAPPED);
    gtk_single_selection_set_model (self->selection, limber_day_get_visits (day));
    gtk_list_view_set_model (self->tasks, GTK_SELECTION_MODEL (tasks));
    gtk_drop_down_set_model (self->clinician, clinicians);
    gtk_drop_down_set_model (self->place, places);
    day_changed (self);
  }
}

/**
 * limber_today_page_get_selected:
 *
 * Returns: (transfer none) (nullable): the visit that is selected
 */
LimberVisit *
limber_today_page_get_selected (LimberTodayPage *self)
{
  return gtk_single_selection_get_selected_item (self->selection);
}

static void
select_at (LimberTodayPage *self, guint at)
{
  gtk_single_selection_set_selected (self->selection, at);
  gtk_widget_activate_action (self->list, "list.scroll-to-item", "u", at);
}

/**
 * limber_today_page_select:
 * @appointment: whose visit to select; nothing happens when it is not shown
 */
void
limber_today_page_select (LimberTodayPage *self, const LimberId *appointment)
{
  guint at = position_of (self, appointment);

  if (at != GTK_INVALID_LIST_POSITION)
    select_at (self, at);
}

/**
 * limber_today_page_follow:
 * @appointment: whose visit is about to change by the reader's own doing
 *
 * Selects the visit, and keeps it in sight when it moves to where it then belongs.
 */
void
limber_today_page_follow (LimberTodayPage *self, const LimberId *appointment)
{
  guint at = position_of (self, appointment);

  if (at == GTK_INVALID_LIST_POSITION)
    return;
  gtk_single_selection_set_selected (self->selection, at);
  self->follow = TRUE;
}

/**
 * limber_today_page_move:
 * @by: rows, down when more than 0
 *
 * Moves the selection, as the arrow keys do while the search box keeps the focus.
 */
void
limber_today_page_move (LimberTodayPage *self, int by)
{
  gint64 n = g_list_model_get_n_items (G_LIST_MODEL (self->selection)), at = gtk_single_selection_get_selected (self->selection);

  if (n == 0)
    return;
  at = at == GTK_INVALID_LIST_POSITION ? (by > 0 ? 0 : n - 1) : at + by;
  select_at (self, (guint) CLAMP (at, 0, n - 1));
}

/**
 * limber_today_page_show_earlier:
 * @n: how many appointments of earlier days nobody has closed
 *
 * Says so, quietly, when there are any.
 */
void
limber_today_page_show_earlier (LimberTodayPage *self, guint n)
{
  g_autofree char *text = g_strdup_printf (ngettext ("%u appointment of an earlier day is not closed", "%u appointments of earlier days are not closed", n), n);

  gtk_label_set_text (self->earlier_text, text);
  gtk_widget_set_visible (self->earlier, n > 0);
}

static void
limber_today_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_object (value, limber_today_page_get_selected (LIMBER_TODAY_PAGE (object)));
}

static void
limber_today_page_dispose (GObject *object)
{
  LimberTodayPage *self = LIMBER_TODAY_PAGE (object);

  scroll_no_more (self);
  if (self->box != NULL)
    limber_today_page_set_day (self, NULL);
  scroll_no_more (self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (limber_today_page_parent_class)->dispose (object);
}

static void
limber_today_page_class_init (LimberTodayPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = limber_today_page_get_property;
  object_class->dispose = limber_today_page_dispose;
  props[PROP_SELECTED] = g_param_spec_object ("selected", NULL, NULL, LIMBER_TYPE_VISIT, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  g_type_ensure (LIMBER_TYPE_HEADINGS);
  g_type_ensure (LIMBER_TYPE_VISIT_ROW);
  g_type_ensure (LIMBER_TYPE_TASK_ROW);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-today-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberTodayPage, box);
  gtk_widget_class_bind_template_child (widget_class, LimberTodayPage, title);
  gtk_widget_class_bind_template_child (widget_class, LimberTodayPage, summary);
  gtk_widget_class_bind_template_child (widget_class, LimberTodayPage, earlier);
  gtk_widget_class_bind_template_child (widget_class, LimberTodayPage, earlier_text);
  gtk_widget_class_bind_template_child (widget_class, LimberTodayPage, clinician);
  gtk_widget_class_bind_template_child (widget_class, LimberTodayPage, place);
  gtk_widget_class_bind_template_child (widget_class, LimberTodayPage, show);
  gtk_widget_class_bind_template_child (widget_class, LimberTodayPage, tasks_box);
  gtk_widget_class_bind_template_child (widget_class, LimberTodayPage, tasks);
  gtk_widget_class_bind_template_child (widget_class, LimberTodayPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LimberTodayPage, list);
  gtk_widget_class_bind_template_child (widget_class, LimberTodayPage, selection);
  gtk_widget_class_bind_template_child (widget_class, LimberTodayPage, error);
  gtk_widget_class_bind_template_callback (widget_class, selection_changed);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed);
  gtk_widget_class_bind_template_callback (widget_class, activated);
  gtk_widget_class_bind_template_callback (widget_class, show_all);
  gtk_widget_class_bind_template_callback (widget_class, try_again);
}

static void
limber_today_page_init (LimberTodayPage *self)
{
  g_autoptr (GtkExpression) name = NULL, room = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  name = gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (clinician_name), NULL, NULL);
  gtk_drop_down_set_expression (self->clinician, name);
  room = gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (place_name), NULL, NULL);
  gtk_drop_down_set_expression (self->place, room);
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (visits_changed), self, G_CONNECT_SWAPPED);
}
