/* What is under way is remembered, not guessed: `want` is to be selected as soon as its day is there; `pending` was asked for and
 * is done when the day shows it. Whom one came with stays in hand until then, so that a refusal loses nothing. */
#include "limber-diary-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-date.h"
#include "limber-diary-deeds.h"
#include "limber-diary-grid.h"
#include "limber-diary-heads.h"
#include "limber-diary-panel.h"
#include "limber-diary-plan.h"
#include "limber-letters.h"

/* An appointment (start 0), or a free time. */
typedef struct {
  gboolean is;
  LimberId id;    /* of the appointment, or of the clinician */
  gint64   start;
  gboolean ask;   /* why it is cancelled */
} Want;

struct _LimberDiaryPage {
  GtkWidget           parent_instance;
  GSimpleActionGroup *actions; /* (owned) */
  const LimberWork   *work;    /* (nullable): %NULL while nobody is at work */
  LimberDiary        *diary;   /* (owned) (nullable): %NULL while closed */
  LimberHand         *hand;    /* (owned) (nullable) */
  LimberDiaryPlan    *plan;    /* (owned) (nullable) */
  Want                want, pending;
  gboolean            fresh; /* just opened: the day is to have the focus as soon as it is there */
  GtkWidget          *box;
  GtkLabel           *title;
  GtkEditable        *date;
  GtkLabel           *closed;
  GtkStack           *stack;
  AdwStatusPage      *error;
  GtkBox             *heads;
  LimberDiaryGrid    *grid;
  LimberDiaryPanel   *panel;
};

static void limber_diary_page_be_page (LimberDeskPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LimberDiaryPage, limber_diary_page, GTK_TYPE_WIDGET, G_IMPLEMENT_INTERFACE (LIMBER_TYPE_DESK_PAGE, limber_diary_page_be_page))

static gint64
now_of (LimberDiaryPage *self)
{
  return limber_env_now (limber_store_env (self->work->store));
}

static const LimberDiaryColumn *
column_of (LimberDiaryPage *self, const LimberDiaryItem *item)
{
  return item != NULL ? g_ptr_array_index (limber_diary_get_columns (self->diary), item->column) : NULL;
}

/* The follow-ups that there would be, of the free time that is selected. */
static void
plan_again (LimberDiaryPage *self)
{
  const LimberDiaryItem *item = limber_diary_grid_get_selected (self->grid);
  gboolean is_free = item != NULL && item->slot != NULL;
  LimberBooking first;

  if (self->plan == NULL)
    return;
  if (!is_free || limber_hand_is_empty (self->hand) || limber_hand_is_moving (self->hand) || limber_diary_panel_get_times (self->panel) < 2) {
    limber_diary_plan_stop_planning (self->plan);
    limber_diary_panel_set_plan (self->panel, "", TRUE);
    return;
  }
  limber_diary_deeds_booking (item, limber_hand_get_patient (self->hand), &first);
  first.type = limber_diary_panel_get_type_word (self->panel);
  limber_diary_plan_make (self->plan, &first, limber_diary_panel_get_weeks (self->panel), limber_diary_panel_get_times (self->panel));
}

static void
plan_made (LimberDiaryPage *self)
{
  limber_diary_panel_set_plan (self->panel, limber_diary_plan_get_text (self->plan), limber_diary_plan_is_whole (self->plan));
}

static void
selected (LimberDiaryPage *self)
{
  const LimberDiaryItem *item = self->diary != NULL ? limber_diary_grid_get_selected (self->grid) : NULL;
  LimberDiaryHand hand = { NULL };

  if (self->hand != NULL)
    limber_diary_panel_hand (self->hand, item, &hand);
  limber_diary_panel_show (self->panel, item, column_of (self, item), &hand);
  plan_again (self);
  limber_desk_page_changed (LIMBER_DESK_PAGE (self));
}

static void
hand_changed (LimberDiaryPage *self)
{
  limber_diary_grid_hold (self->grid, limber_hand_is_moving (self->hand) ? limber_hand_get_appointment (self->hand) : NULL);
  selected (self);
}

static void
focus_day (LimberDiaryPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->grid));
}

/* What was asked for stands in the day: nobody is in hand any more. */
static void
settle_pending (LimberDiaryPage *self)
{
  GPtrArray *items = limber_diary_get_items (self->diary);

  for (guint i = 0; self->pending.is && i < items->len; i++) {
    const LimberDiaryItem *item = g_ptr_array_index (items, i);

    if (item->visit == NULL || item->start != self->pending.start || !limber_id_equal (limber_visit_get_id (item->visit), &self->pending.id))
      continue;
    self->pending.is = FALSE;
    limber_diary_grid_select_visit (self->grid, &self->pending.id);
    limber_diary_panel_forget (self->panel);
    limber_hand_drop (self->hand);
  }
}

static void
settle_want (LimberDiaryPage *self)
{
  if (!limber_diary_is_loaded (self->diary) || (!self->want.is && !self->fresh))
    return;
  if (!self->want.is && limber_diary_grid_get_selected (self->grid) == NULL && !limber_diary_grid_select_free (self->grid, now_of (self) - 1, NULL))
    focus_day (self);
  self->fresh = FALSE;
  if (!self->want.is)
    return;
  self->want.is = FALSE;
  if (self->want.start != 0)
    limber_diary_grid_select_slot (self->grid, self->want.start, &self->want.id);
  else if (limber_diary_grid_select_visit (self->grid, &self->want.id) && self->want.ask)
    limber_diary_panel_ask_why (self->panel);
}

static void
diary_changed (LimberDiaryPage *self)
{
  const GError *error = limber_diary_get_error (self->diary);
  g_autofree char *title = limber_date_with_weekday (limber_diary_get_date (self->diary)), *why = limber_diary_dup_closed (self->diary), *closed = NULL;

  /* Translators: why nobody is seen on a day: "Christmas Day" */
  closed = why != NULL ? g_strdup_printf (_("Closed: %s"), why) : g_strdup ("");
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->closed, closed);
  gtk_widget_set_visible (GTK_WIDGET (self->closed), why != NULL);
  limber_diary_heads_show (self->heads, limber_diary_get_columns (self->diary));
  if (error != NULL) {
    g_autofree char *escaped = g_markup_escape_text (error->message, -1);

    adw_status_page_set_description (self->error, escaped);
  }
  gtk_stack_set_visible_child_name (self->stack, error != NULL ? "error" : !limber_diary_is_loaded (self->diary) ? "loading" : limber_diary_get_items (self->diary)->len == 0 ? "empty" : "day");
  settle_want (self);
  settle_pending (self);
}

/* Going to another day. */

static void
go_to (LimberDiaryPage *self, const char *date)
{
  gtk_editable_set_text (self->date, "");
  limber_diary_set_date (self->diary, date);
}

static void
date_entered (LimberDiaryPage *self)
{
  char today[LIMBER_DATE_LENGTH + 1];
  const char *typed = gtk_editable_get_text (self->date);
  g_autofree char *date = NULL;

  limber_date_of_time (now_of (self), today);
  date = limber_date_parse_ahead (typed, today);
  if (date == NULL) {
    limber_desk_page_say (LIMBER_DESK_PAGE (self), LIMBER_UNDO_BAR_PROBLEM, _("That is no day. Write it like 24/11, 24 Nov 2026, +2w or +10d."));
    return;
  }
  go_to (self, date);
  focus_day (self);
}

/* So many days on; 0 for today. */
static void
step (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LimberDiaryPage *self = data;
  int days = g_variant_get_int32 (parameter);
  char today[LIMBER_DATE_LENGTH + 1];
  g_autofree char *date = NULL;

  limber_date_of_time (now_of (self), today);
  date = limber_date_add_days (days == 0 ? today : limber_diary_get_date (self->diary), days);
  go_to (self, date);
}

static void
found_free (LimberDiaryPage *self, gint64 start, const LimberId *clinician)
{
  char day[LIMBER_DATE_LENGTH + 1];

  if (start == 0) {
    limber_desk_page_say (LIMBER_DESK_PAGE (self), LIMBER_UNDO_BAR_NEWS, _("There is no free time in the next six months."));
    return;
  }
  self->want = (Want){ TRUE, *clinician, start, FALSE };
  limber_date_of_time (start, day);
  go_to (self, day);
  settle_want (self);
}

/* The next free time after the one that is selected, of the same clinician; of anybody where she has none this day. */
static void
next_free (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LimberDiaryPage *self = data;
  const LimberDiaryItem *item = limber_diary_grid_get_selected (self->grid);
  const LimberDiaryColumn *column = column_of (self, item);
  const LimberId *clinician = column != NULL && column->n_free > 0 ? &column->clinician : NULL;
  gint64 end = 0;

  limber_date_bounds (limber_diary_get_date (self->diary), NULL, &end);
  if (!limber_diary_grid_select_free (self->grid, clinician != NULL ? item->start : now_of (self), clinician))
    limber_diary_plan_find_free (self->plan, MAX (end, now_of (self)), clinician);
}

static LimberVisit *
limber_diary_page_get_visit (LimberDeskPage *page)
{
  LimberDiaryPage *self = LIMBER_DIARY_PAGE (page);
  const LimberDiaryItem *item = self->diary != NULL ? limber_diary_grid_get_selected (self->grid) : NULL;

  return item != NULL ? item->visit : NULL;
}

/* Whom one came with goes before whose appointment is selected. */
static const LimberId *
limber_diary_page_get_person (LimberDeskPage *page)
{
  LimberDiaryPage *self = LIMBER_DIARY_PAGE (page);
  LimberVisit *visit = limber_diary_page_get_visit (page);

  if (self->hand != NULL && !limber_hand_is_empty (self->hand))
    return limber_hand_get_patient (self->hand);
  return visit != NULL ? limber_row_id (limber_visit_get_row (visit), "person") : NULL;
}

/* Deeds */

/* Books or moves whom one came with to what is selected. @why: (nullable): although it is taken */
static void
put_here (LimberDiaryPage *self, const char *why)
{
  const LimberDiaryItem *item = limber_diary_grid_get_selected (self->grid);
  LimberDiaryTerms terms = { limber_diary_panel_get_type_word (self->panel), limber_diary_panel_get_weeks (self->panel), limber_diary_panel_get_times (self->panel), why };
  LimberId id;

  if (limber_diary_deeds_put (self->work->deeds, self->hand, item, &terms, limber_store_env (self->work->store), &id))
    self->pending = (Want){ TRUE, id, item->start, FALSE };
}

static void
book (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  put_here (data, NULL);
}

/* Enter, or a double click: what most likely was meant. */
static void
chosen (LimberDiaryPage *self)
{
  const LimberDiaryItem *item = limber_diary_grid_get_selected (self->grid);

  if (item == NULL)
    return;
  if (item->visit == NULL && limber_hand_is_empty (self->hand))
    limber_diary_panel_ask_whom (self->panel);
  else if (item->visit == NULL)
    put_here (self, NULL);
  else if (!limber_hand_is_empty (self->hand))
    limber_diary_panel_ask_why (self->panel);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "desk.open", NULL);
}

static void
reload (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  limber_diary_reload (LIMBER_DIARY_PAGE (data)->diary);
}

static void
cancel (LimberDiaryPage *self, const char *by, const char *why)
{
  limber_diary_deeds_cancel (self->work->deeds, limber_diary_grid_get_selected (self->grid), by, why);
  limber_diary_panel_forget (self->panel);
  focus_day (self);
}

static void
take (LimberDiaryPage *self, LimberVisit *visit)
{
  const LimberId *person = limber_row_id (limber_visit_get_row (visit), "person");

  if (person != NULL && limber_visit_get_status (visit) == LIMBER_VISIT_BOOKED)
    limber_hand_take_visit (self->hand, person, limber_visit_get_id (visit), TRUE, limber_visit_get_start (visit));
}

static void
take_to_move (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LimberVisit *visit = limber_diary_page_get_visit (data);

  if (visit != NULL)
    take (data, visit);
  focus_day (data);
}

/* One that was dragged onto what is selected now. */
static void
dropped (LimberDiaryPage *self, const char *appointment)
{
  LimberId id;
  LimberVisit *visit = limber_id_parse (&id, appointment) ? limber_diary_find (self->diary, &id) : NULL;

  if (visit == NULL)
    return;
  take (self, visit);
  chosen (self);
}

static void
print_letter (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LimberDiaryPage *self = data;
  LimberVisit *visit = limber_diary_page_get_visit (data);
  const LimberId *person = visit != NULL ? limber_row_id (limber_visit_get_row (visit), "person") : NULL;

  if (person != NULL)
    limber_letters_print (data, self->work, person);
}

static void
let_go (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LimberDiaryPage *self = data;

  if (limber_hand_is_empty (self->hand)) {
    gtk_widget_activate_action (GTK_WIDGET (self), "desk.back", NULL);
    return;
  }
  limber_hand_drop (self->hand);
  focus_day (self);
}

static void
person_found (LimberDiaryPage *self, const LimberId *patient)
{
  LimberId id = *patient;

  limber_hand_take_person (self->hand, &id);
  focus_day (self);
}

static const GActionEntry entries[] = {
  { "step", step, "i", NULL, NULL },
  { "next-free", next_free, NULL, NULL, NULL },
  { "book", book, NULL, NULL, NULL },
  { "move", take_to_move, NULL, NULL, NULL },
  { "letter", print_letter, NULL, NULL, NULL },
  { "reload", reload, NULL, NULL, NULL },
  { "let-go", let_go, NULL, NULL, NULL },
};

/* Keys while the day has the focus: as elsewhere, cut and paste; what is typed otherwise goes to the search above. */
static gboolean
key_pressed (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType modifiers, LimberDiaryPage *self)
{
  static const struct { guint key; GdkModifierType modifiers; const char *action; int days; } keys[] = {
    { GDK_KEY_Page_Up, 0, "step", -7 }, { GDK_KEY_Page_Down, 0, "step", 7 }, { GDK_KEY_Page_Up, GDK_SHIFT_MASK, "step", -1 }, { GDK_KEY_Page_Down, GDK_SHIFT_MASK, "step", 1 }, { GDK_KEY_Home, 0, "step", 0 },
    { GDK_KEY_j, GDK_CONTROL_MASK, "next-free", 0 }, { GDK_KEY_x, GDK_CONTROL_MASK, "move", 0 }, { GDK_KEY_v, GDK_CONTROL_MASK, "book", 0 }, { GDK_KEY_Escape, 0, "let-go", 0 },
  };
  GdkModifierType held = modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK);

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i].key == key && keys[i].modifiers == held) {
      g_action_group_activate_action (G_ACTION_GROUP (self->actions), keys[i].action, g_str_equal (keys[i].action, "step") ? g_variant_new_int32 (keys[i].days) : NULL);
      return TRUE;
    }
  if (key == GDK_KEY_Delete && held == 0 && limber_hand_is_empty (self->hand)) {
    limber_diary_panel_ask_why (self->panel);
    return TRUE;
  }
  return FALSE;
}

/* The page */

/* An appointment that the page was opened about was read. @what: move, again, cancel or visit */
static void
visit_read (LimberDiaryPage *self, const char *what, const LimberRecord *record)
{
  const LimberId *patient = limber_record_id (record, "patient");
  gint64 start = limber_record_integer (record, "start");
  char day[LIMBER_DATE_LENGTH + 1];

  limber_date_of_time (start, day);
  limber_hand_drop (self->hand);
  if (patient != NULL && (g_str_equal (what, "move") || g_str_equal (what, "again")))
    limber_hand_take_visit (self->hand, patient, &record->id, g_str_equal (what, "move"), start);
  if (g_str_equal (what, "again"))
    return;
  self->want = (Want){ TRUE, record->id, 0, g_str_equal (what, "cancel") };
  go_to (self, day);
  settle_want (self);
}

static gboolean
open_about (LimberDiaryPage *self, const char *about)
{
  g_auto (GStrv) parts = g_strsplit (about != NULL ? about : "", ":", 2);
  LimberId id;

  if (g_strv_length (parts) < 2)
    return about == NULL || *about == '\0';
  if (g_str_equal (parts[0], "date") && limber_date_is_valid (parts[1])) {
    go_to (self, parts[1]);
    return TRUE;
  }
  if (!limber_id_parse (&id, parts[1]))
    return FALSE;
  if (g_str_equal (parts[0], "for"))
    limber_hand_take_person (self->hand, &id);
  else
    limber_diary_plan_read_visit (self->plan, parts[0], &id);
  return TRUE;
}

static void
open_diary (LimberDiaryPage *self)
{
  char today[LIMBER_DATE_LENGTH + 1];

  limber_date_of_time (now_of (self), today);
  self->hand = limber_hand_new (self->work->store);
  self->plan = limber_diary_plan_new (self->work->store);
  self->diary = limber_diary_new (self->work->store, today);
  g_signal_connect_object (self->hand, "changed", G_CALLBACK (hand_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->plan, "made", G_CALLBACK (plan_made), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->plan, "free", G_CALLBACK (found_free), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->plan, "read", G_CALLBACK (visit_read), self, G_CONNECT_SWAPPED);
  limber_diary_grid_set_diary (self->grid, self->diary);
  g_signal_connect_object (self->diary, "changed", G_CALLBACK (diary_changed), self, G_CONNECT_SWAPPED);
  diary_changed (self);
}

/* F2 in the diary itself: where one types another day. */
static gboolean
limber_diary_page_open (LimberDeskPage *page, const LimberWork *work, const char *about)
{
  LimberDiaryPage *self = LIMBER_DIARY_PAGE (page);
  gboolean here = self->diary != NULL, opened;

  if (self->work == NULL)
    return FALSE;
  if (!here)
    open_diary (self);
  opened = open_about (self, about);
  if (here && about == NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->date));
  else
    self->fresh = TRUE;
  settle_want (self);
  return opened;
}

static void
limber_diary_page_close (LimberDeskPage *page)
{
  LimberDiaryPage *self = LIMBER_DIARY_PAGE (page);

  self->want.is = self->pending.is = FALSE;
  if (self->diary == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->diary, self);
  g_signal_handlers_disconnect_by_data (self->hand, self);
  g_signal_handlers_disconnect_by_data (self->plan, self);
  limber_diary_plan_drop (self->plan);
  limber_diary_grid_set_diary (self->grid, NULL);
  g_clear_object (&self->diary);
  g_clear_object (&self->hand);
  g_clear_object (&self->plan);
  limber_diary_panel_forget (self->panel);
  gtk_editable_set_text (self->date, "");
  selected (self);
}

static void
limber_diary_page_start (LimberDeskPage *page, const LimberWork *work)
{
  LIMBER_DIARY_PAGE (page)->work = work;
  limber_diary_panel_start (LIMBER_DIARY_PAGE (page)->panel, work->store, work->day);
}

static void
limber_diary_page_stop (LimberDeskPage *page)
{
  limber_diary_panel_stop (LIMBER_DIARY_PAGE (page)->panel);
  LIMBER_DIARY_PAGE (page)->work = NULL;
}

static void
limber_diary_page_tick (LimberDeskPage *page, const LimberWork *work)
{
  LimberDiaryPage *self = LIMBER_DIARY_PAGE (page);

  if (self->diary != NULL)
    limber_diary_tick (self->diary);
}

static void
limber_diary_page_be_page (LimberDeskPageInterface *iface)
{
  iface->start = limber_diary_page_start;
  iface->stop = limber_diary_page_stop;
  iface->open = limber_diary_page_open;
  iface->close = limber_diary_page_close;
  iface->tick = limber_diary_page_tick;
  iface->get_visit = limber_diary_page_get_visit;
  iface->get_person = limber_diary_page_get_person;
}

static void
limber_diary_page_dispose (GObject *object)
{
  LimberDiaryPage *self = LIMBER_DIARY_PAGE (object);

  if (self->box != NULL) {
    limber_diary_page_close (LIMBER_DESK_PAGE (self));
    limber_diary_page_stop (LIMBER_DESK_PAGE (self));
  }
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->actions);
  G_OBJECT_CLASS (limber_diary_page_parent_class)->dispose (object);
}

static void
limber_diary_page_class_init (LimberDiaryPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_diary_page_dispose;
  g_type_ensure (LIMBER_TYPE_DIARY_GRID);
  g_type_ensure (LIMBER_TYPE_DIARY_PANEL);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-diary-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberDiaryPage, box);
  gtk_widget_class_bind_template_child (widget_class, LimberDiaryPage, title);
  gtk_widget_class_bind_template_child (widget_class, LimberDiaryPage, date);
  gtk_widget_class_bind_template_child (widget_class, LimberDiaryPage, closed);
  gtk_widget_class_bind_template_child (widget_class, LimberDiaryPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LimberDiaryPage, error);
  gtk_widget_class_bind_template_child (widget_class, LimberDiaryPage, heads);
  gtk_widget_class_bind_template_child (widget_class, LimberDiaryPage, grid);
  gtk_widget_class_bind_template_child (widget_class, LimberDiaryPage, panel);
  gtk_widget_class_bind_template_callback (widget_class, date_entered);
  gtk_widget_class_bind_template_callback (widget_class, selected);
  gtk_widget_class_bind_template_callback (widget_class, chosen);
  gtk_widget_class_bind_template_callback (widget_class, dropped);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed);
  gtk_widget_class_bind_template_callback (widget_class, person_found);
  gtk_widget_class_bind_template_callback (widget_class, plan_again);
  gtk_widget_class_bind_template_callback (widget_class, cancel);
  gtk_widget_class_bind_template_callback (widget_class, put_here);
  gtk_widget_class_bind_template_callback (widget_class, focus_day);
}

static void
limber_diary_page_init (LimberDiaryPage *self)
{
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "diary", G_ACTION_GROUP (self->actions));
  gtk_widget_init_template (GTK_WIDGET (self));
  selected (self);
}
