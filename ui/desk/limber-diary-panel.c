/* Nothing here is a dialog: whatever is typed stays until the day is left, also while another cell is looked at. */
#include "limber-diary-panel.h"

#include <glib/gi18n-lib.h>

#include "limber-date.h"
#include "limber-finder.h"
#include "limber-hit.h"

struct _LimberDiaryPanel {
  GtkWidget           parent_instance;
  LimberFinder       *finder; /* (owned) (nullable) */
  GtkWidget          *box;
  GtkLabel           *title;
  GtkLabel           *lines;
  GtkWidget          *person_box;
  GtkLabel           *for_title;
  GtkLabel           *for_name;
  GtkLabel           *for_facts;
  GtkWidget          *search_box;
  GtkEditable        *search;
  GtkWidget          *hits;
  GtkSingleSelection *hit_selection;
  GtkLabel           *nobody;
  GtkWidget          *book_box;
  GtkDropDown        *type;
  GtkSpinButton      *times;
  GtkWidget          *weeks_box;
  GtkSpinButton      *weeks;
  GtkLabel           *plan;
  GtkWidget          *book;
  GtkLabel           *book_label;
  GtkWidget          *walk_in;
  GtkWidget          *visit_box;
  GtkWidget          *move;
  GtkWidget          *letter;
  GtkWidget          *cancel_box;
  GtkEditable        *why;
  GtkWidget          *anyway_box;
  GtkLabel           *anyway_title;
  GtkEditable        *anyway;
  GtkWidget          *do_anyway;
};

enum {
  FOUND,
  SERIES,
  CANCEL,
  ANYWAY,
  LEAVE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberDiaryPanel, limber_diary_panel, GTK_TYPE_WIDGET)

static void
show_hits (LimberDiaryPanel *self)
{
  gboolean more = FALSE, asked = *gtk_editable_get_text (self->search) != '\0';
  g_autoptr (GListModel) hits = self->finder != NULL ? limber_finder_find (self->finder, gtk_editable_get_text (self->search), &more) : NULL;
  guint n = hits != NULL ? g_list_model_get_n_items (hits) : 0;

  gtk_single_selection_set_model (self->hit_selection, hits);
  gtk_widget_set_visible (self->hits, n > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->nobody), (asked && n == 0) || more);
  gtk_label_set_text (self->nobody, more ? _("More people match. Type more.") : _("Nobody here matches. Register the person first, or ask the central service (F4)."));
}

static void
take_hit (LimberDiaryPanel *self, guint position)
{
  g_autoptr (LimberHit) hit = g_list_model_get_item (G_LIST_MODEL (self->hit_selection), position);

  if (hit != NULL)
    g_signal_emit (self, signals[FOUND], 0, limber_hit_get_patient (hit));
}

static void
search_entered (LimberDiaryPanel *self)
{
  take_hit (self, gtk_single_selection_get_selected (self->hit_selection));
}

static void
hit_activated (LimberDiaryPanel *self, guint position)
{
  take_hit (self, position);
}

static void
search_stopped (LimberDiaryPanel *self)
{
  gtk_editable_set_text (self->search, "");
  g_signal_emit (self, signals[LEAVE], 0);
}

static gboolean
search_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType modifiers, LimberDiaryPanel *self)
{
  gint64 n = g_list_model_get_n_items (G_LIST_MODEL (self->hit_selection)), at = gtk_single_selection_get_selected (self->hit_selection);
  int by = key == GDK_KEY_Down || key == GDK_KEY_KP_Down ? 1 : key == GDK_KEY_Up || key == GDK_KEY_KP_Up ? -1 : 0;

  if (by == 0 || n == 0)
    return FALSE;
  gtk_single_selection_set_selected (self->hit_selection, (guint) CLAMP (at + by, 0, n - 1));
  return TRUE;
}

static void
show_book_label (LimberDiaryPanel *self)
{
  int times = gtk_spin_button_get_value_as_int (self->times);
  g_autofree char *text = times > 1 ? g_strdup_printf (ngettext ("Book %d appointment", "Book all %d appointments", (gulong) times), times) : g_strdup (_("Book"));

  gtk_label_set_text (self->book_label, text);
  gtk_widget_set_visible (self->weeks_box, times > 1);
  gtk_widget_set_visible (GTK_WIDGET (self->plan), times > 1 && *gtk_label_get_text (self->plan) != '\0');
}

static void
series_changed (LimberDiaryPanel *self)
{
  show_book_label (self);
  g_signal_emit (self, signals[SERIES], 0);
}

static void
cancel_by (LimberDiaryPanel *self, const char *by)
{
  g_autofree char *why = g_strstrip (g_strdup (gtk_editable_get_text (self->why)));

  g_signal_emit (self, signals[CANCEL], 0, by, why);
}

static void
cancel_by_patient (LimberDiaryPanel *self)
{
  cancel_by (self, "patient");
}

static void
cancel_by_provider (LimberDiaryPanel *self)
{
  cancel_by (self, "provider");
}

/* Without a reason it cannot be asked for. */
static void
anyway_changed (LimberDiaryPanel *self)
{
  g_autofree char *why = g_strstrip (g_strdup (gtk_editable_get_text (self->anyway)));

  gtk_widget_set_sensitive (self->do_anyway, *why != '\0');
}

static void
do_anyway (LimberDiaryPanel *self)
{
  g_autofree char *why = g_strstrip (g_strdup (gtk_editable_get_text (self->anyway)));

  if (*why != '\0')
    g_signal_emit (self, signals[ANYWAY], 0, why);
}

static void
limber_diary_panel_dispose (GObject *object)
{
  LimberDiaryPanel *self = LIMBER_DIARY_PANEL (object);

  if (self->box != NULL)
    limber_diary_panel_stop (self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (limber_diary_panel_parent_class)->dispose (object);
}

static void
bind (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, LimberDiaryPanel, box);
  gtk_widget_class_bind_template_child (widget_class, LimberDiaryPanel, title);
  gtk_widget_class_bind_template_child (widget_class, LimberDiaryPanel, lines);
  gtk_widget_class_bind_template_child (widget_class, LimberDiaryPanel, person_box);
  gtk_widget_class_bind_template_child (widget_class, LimberDiaryPanel, for_title);
  gtk_widget_class_bind_template_child (widget_class, LimberDiaryPanel, for_name);
  gtk_widget_class_bind_template_child (widget_class, LimberDiaryPanel, for_facts);
  gtk_widget_class_bind_template_child (widget_class, LimberDiaryPanel, search_box);
  gtk_widget_class_bind_template_child (widget_class, LimberDiaryPanel, search);
  gtk_widget_class_bind_template_child (widget_class, LimberDiaryPanel, hits);
  gtk_widget_class_bind_template_child (widget_class, LimberDiaryPanel, hit_selection);
  gtk_widget_class_bind_template_child (widget_class, LimberDiaryPanel, nobody);
  gtk_widget_class_bind_template_child (widget_class, LimberDiaryPanel, book_box);
  gtk_widget_class_bind_template_child (widget_class, LimberDiaryPanel, type);
  gtk_widget_class_bind_template_child (widget_class, LimberDiaryPanel, times);
  gtk_widget_class_bind_template_child (widget_class, LimberDiaryPanel, weeks_box);
  gtk_widget_class_bind_template_child (widget_class, LimberDiaryPanel, weeks);
  gtk_widget_class_bind_template_child (widget_class, LimberDiaryPanel, plan);
  gtk_widget_class_bind_template_child (widget_class, LimberDiaryPanel, book);
  gtk_widget_class_bind_template_child (widget_class, LimberDiaryPanel, book_label);
  gtk_widget_class_bind_template_child (widget_class, LimberDiaryPanel, walk_in);
  gtk_widget_class_bind_template_child (widget_class, LimberDiaryPanel, visit_box);
  gtk_widget_class_bind_template_child (widget_class, LimberDiaryPanel, move);
  gtk_widget_class_bind_template_child (widget_class, LimberDiaryPanel, letter);
  gtk_widget_class_bind_template_child (widget_class, LimberDiaryPanel, cancel_box);
  gtk_widget_class_bind_template_child (widget_class, LimberDiaryPanel, why);
  gtk_widget_class_bind_template_child (widget_class, LimberDiaryPanel, anyway_box);
  gtk_widget_class_bind_template_child (widget_class, LimberDiaryPanel, anyway_title);
  gtk_widget_class_bind_template_child (widget_class, LimberDiaryPanel, anyway);
  gtk_widget_class_bind_template_child (widget_class, LimberDiaryPanel, do_anyway);
}

static void
limber_diary_panel_class_init (LimberDiaryPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_diary_panel_dispose;
  signals[FOUND] = g_signal_new ("found", LIMBER_TYPE_DIARY_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SERIES] = g_signal_new ("series", LIMBER_TYPE_DIARY_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CANCEL] = g_signal_new ("cancel", LIMBER_TYPE_DIARY_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[ANYWAY] = g_signal_new ("anyway", LIMBER_TYPE_DIARY_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[LEAVE] = g_signal_new ("leave", LIMBER_TYPE_DIARY_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (LIMBER_TYPE_HIT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-diary-panel.ui");
  bind (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, show_hits);
  gtk_widget_class_bind_template_callback (widget_class, search_entered);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped);
  gtk_widget_class_bind_template_callback (widget_class, search_key);
  gtk_widget_class_bind_template_callback (widget_class, hit_activated);
  gtk_widget_class_bind_template_callback (widget_class, series_changed);
  gtk_widget_class_bind_template_callback (widget_class, cancel_by_patient);
  gtk_widget_class_bind_template_callback (widget_class, cancel_by_provider);
  gtk_widget_class_bind_template_callback (widget_class, anyway_changed);
  gtk_widget_class_bind_template_callback (widget_class, do_anyway);
}

static void
limber_diary_panel_init (LimberDiaryPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_label_set_text (self->title, "");
  anyway_changed (self);
  show_hits (self);
}

/**
 * limber_diary_panel_start:
 * @day: today's list, by which the search knows who is on it
 */
void
limber_diary_panel_start (LimberDiaryPanel *self, LimberStore *store, LimberDay *day)
{
  limber_diary_panel_stop (self);
  self->finder = limber_finder_new (store, day);
  g_signal_connect_object (self->finder, "updated", G_CALLBACK (show_hits), self, G_CONNECT_SWAPPED);
}

/**
 * limber_diary_panel_stop:
 *
 * Forgets everything.
 */
void
limber_diary_panel_stop (LimberDiaryPanel *self)
{
  if (self->finder != NULL)
    g_signal_handlers_disconnect_by_data (self->finder, self);
  g_clear_object (&self->finder);
  limber_diary_panel_forget (self);
}

/**
 * limber_diary_panel_forget:
 *
 * Empties what was typed.
 */
void
limber_diary_panel_forget (LimberDiaryPanel *self)
{
  gtk_editable_set_text (self->search, "");
  gtk_editable_set_text (self->why, "");
  gtk_editable_set_text (self->anyway, "");
  gtk_label_set_text (self->plan, "");
  gtk_drop_down_set_selected (self->type, 0);
  gtk_spin_button_set_value (self->times, 1);
}

static void
show_selected (LimberDiaryPanel *self, const LimberDiaryItem *item, const LimberDiaryColumn *column)
{
  g_autofree char *from = item != NULL ? limber_time_for_staff (item->start) : NULL, *to = item != NULL ? limber_time_for_staff (item->end) : NULL, *title = NULL, *lines = NULL, *status = NULL, *date = NULL;
  const char *place = item == NULL ? NULL : item->visit != NULL ? limber_row_text (limber_visit_get_row (item->visit), "place") : limber_row_text (item->slot->clinic, "place_name");
  char day[LIMBER_DATE_LENGTH + 1];

  if (item == NULL) {
    gtk_label_set_text (self->title, _("Nothing selected"));
    gtk_label_set_text (self->lines, _("Choose a time with the arrow keys. Ctrl+J goes to the next free one, Page Down to the next week."));
    return;
  }
  limber_date_of_time (item->start, day);
  date = limber_date_with_weekday (day);
  title = item->visit != NULL ? g_strdup (limber_visit_get_name (item->visit)) : g_strdup_printf (_("Free at %s"), from);
  status = item->visit != NULL ? limber_visit_dup_status_text (item->visit) : g_strdup ("");
  lines = g_strdup_printf ("%s\n%s – %s\n%s%s%s%s%s", date, from, to, column->name, place != NULL ? ", " : "", place != NULL ? place : "", *status != '\0' ? "\n" : "", status);
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->lines, lines);
}

static void
show_hand (LimberDiaryPanel *self, const LimberDiaryHand *hand)
{
  gtk_widget_set_visible (self->person_box, hand->name != NULL);
  gtk_label_set_text (self->for_title, hand->moving ? _("Moving the appointment of") : hand->follows != NULL ? hand->follows : _("Booking for"));
  gtk_label_set_text (self->for_name, hand->name != NULL ? hand->name : "");
  gtk_label_set_text (self->for_facts, hand->facts != NULL ? hand->facts : "");
  gtk_widget_set_visible (GTK_WIDGET (self->for_facts), hand->facts != NULL);
}

/**
 * limber_diary_panel_hand:
 * @item: (nullable): what is selected
 * @hand: (out): whom @held is, so long as it holds her
 */
void
limber_diary_panel_hand (LimberHand *held, const LimberDiaryItem *item, LimberDiaryHand *hand)
{
  const LimberId *appointment = limber_hand_get_appointment (held);

  *hand = (LimberDiaryHand){ limber_hand_get_name (held), limber_hand_get_facts (held), limber_hand_get_follows (held), limber_hand_is_moving (held), FALSE };
  hand->itself = item != NULL && item->visit != NULL && appointment != NULL && limber_id_equal (appointment, limber_visit_get_id (item->visit));
}

/**
 * limber_diary_panel_show:
 * @item: (nullable): what is selected
 * @column: (nullable): whose it is
 * @hand: whom one came with
 */
void
limber_diary_panel_show (LimberDiaryPanel *self, const LimberDiaryItem *item, const LimberDiaryColumn *column, const LimberDiaryHand *hand)
{
  gboolean is_free = item != NULL && item->slot != NULL, visit = item != NULL && item->visit != NULL;
  gboolean booked = visit && limber_visit_get_status (item->visit) == LIMBER_VISIT_BOOKED;

  show_selected (self, item, column);
  show_hand (self, hand);
  gtk_widget_set_visible (self->search_box, hand->name == NULL && is_free);
  gtk_widget_set_visible (self->book_box, hand->name != NULL && is_free);
  gtk_widget_set_visible (GTK_WIDGET (self->type), !hand->moving);
  gtk_widget_set_visible (gtk_widget_get_parent (GTK_WIDGET (self->times)), !hand->moving);
  show_book_label (self);
  if (hand->moving) {
    gtk_label_set_text (self->book_label, _("Move here"));
    gtk_widget_set_visible (self->weeks_box, FALSE);
    gtk_widget_set_visible (GTK_WIDGET (self->plan), FALSE);
  }
  gtk_widget_set_visible (self->walk_in, hand->name != NULL && !hand->moving && hand->follows == NULL);
  gtk_widget_set_visible (self->visit_box, visit && hand->name == NULL);
  gtk_widget_set_visible (self->move, booked);
  gtk_widget_set_visible (self->letter, booked);
  gtk_widget_set_visible (self->cancel_box, booked);
  gtk_widget_set_visible (self->anyway_box, visit && hand->name != NULL && !hand->itself);
  gtk_label_set_text (self->anyway_title, hand->moving ? _("Move to this time although it is taken") : _("Book this time although it is taken"));
}

/**
 * limber_diary_panel_set_plan:
 * @text: what follow-ups there will be, a line each
 * @whole: whether each found its time
 */
void
limber_diary_panel_set_plan (LimberDiaryPanel *self, const char *text, gboolean whole)
{
  gtk_label_set_text (self->plan, text);
  gtk_widget_set_sensitive (self->book, whole);
  show_book_label (self);
}

/**
 * limber_diary_panel_ask_whom:
 *
 * Asks for whom to book.
 */
void
limber_diary_panel_ask_whom (LimberDiaryPanel *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

/**
 * limber_diary_panel_ask_why:
 *
 * Asks why what is selected is cancelled, or why two are to be at one time.
 */
void
limber_diary_panel_ask_why (LimberDiaryPanel *self)
{
  if (gtk_widget_get_visible (self->anyway_box))
    gtk_widget_grab_focus (GTK_WIDGET (self->anyway));
  else if (gtk_widget_get_visible (self->visit_box) && gtk_widget_get_visible (self->cancel_box))
    gtk_widget_grab_focus (GTK_WIDGET (self->why));
}

/**
 * limber_diary_panel_get_type_word:
 *
 * Returns: a word of an appointment's type
 */
const char *
limber_diary_panel_get_type_word (LimberDiaryPanel *self)
{
  return gtk_drop_down_get_selected (self->type) == 1 ? "new" : "follow-up";
}

/**
 * limber_diary_panel_get_times:
 *
 * Returns: how many are to be booked
 */
int
limber_diary_panel_get_times (LimberDiaryPanel *self)
{
  return gtk_spin_button_get_value_as_int (self->times);
}

/**
 * limber_diary_panel_get_weeks:
 *
 * Returns: how many weeks from one to the next
 */
int
limber_diary_panel_get_weeks (LimberDiaryPanel *self)
{
  return gtk_spin_button_get_value_as_int (self->weeks);
}
