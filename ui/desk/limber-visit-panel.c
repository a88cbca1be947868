#include "limber-visit-panel.h"

#include <glib/gi18n-lib.h>

#include "limber-answers-box.h"
#include "limber-attendance-box.h"
#include "limber-date.h"
#include "limber-person.h"
#include "limber-rights.h"

struct _LimberVisitPanel {
  GtkWidget    parent_instance;
  GSimpleActionGroup *actions; /* (owned) */
  LimberVisit *visit; /* (owned) (nullable) */
  LimberStore *store; /* (owned) (nullable) */
  LimberStaffMember *member; /* (owned) (nullable): who is at work */
  char        *today; /* (owned) (nullable) */
  GtkStack    *stack;
  GtkLabel    *nothing_title;
  GtkLabel    *nothing_text;
  GtkLabel    *name;
  GtkLabel    *born;
  GtkLabel    *nhs_number;
  GtkLabel    *when;
  GtkLabel    *status;
  GtkLabel    *times;
  GtkWidget   *note;
  GtkLabel    *note_text;
  GtkLabel    *notice;
  GtkWidget   *check_in;
  GtkWidget   *next_step;
  GtkLabel    *next_label;
  GtkWidget   *call_again;
  GtkWidget   *undo;
  GtkWidget   *absent;
  GtkWidget   *too_late;
  GtkWidget   *open;
  LimberAttendanceBox *attendance;
  GtkLabel    *needs;
  GtkLabel    *appointment;
  GtkLabel    *phone;
  GtkLabel    *confirmed;
  LimberAnswersBox *answers;
};

enum {
  DEED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberVisitPanel, limber_visit_panel, GTK_TYPE_WIDGET)

static void
add_line (GString *lines, const char *line)
{
  if (line == NULL || *line == '\0')
    return;
  if (lines->len > 0)
    g_string_append_c (lines, '\n');
  g_string_append (lines, line);
}

/* What one must not overlook about this person or this visit. */
static void
show_note (LimberVisitPanel *self, LimberRow *row)
{
  g_autofree char *mark = limber_visit_dup_mark (self->visit);
  const char *by = limber_row_text (row, "cancelled_by"), *reason = limber_row_text (row, "cancel_reason");
  g_autoptr (GString) lines = g_string_new (NULL);

  if (mark != NULL) {
    g_autofree char *first = g_utf8_strup (mark, g_utf8_next_char (mark) - mark), *sentence = g_strconcat (first, g_utf8_next_char (mark), NULL);

    add_line (lines, sentence);
  }
  if (limber_row_has (row, "died"))
    add_line (lines, _("This person is recorded as having died."));
  if (limber_row_integer (row, "see_desk"))
    add_line (lines, _("Staff have asked to see this person before anything else."));
  if (by != NULL)
    add_line (lines, g_str_equal (by, "patient") ? _("Cancelled by the patient") : g_str_equal (by, "provider") ? _("Cancelled by the service") : _("Booked by mistake"));
  if (by != NULL)
    add_line (lines, reason);
  gtk_label_set_text (self->note_text, lines->str);
  gtk_widget_set_visible (self->note, lines->len > 0);
}

static void
show_appointment (LimberVisitPanel *self, LimberRow *row)
{
  g_autofree char *time = limber_time_for_staff (limber_visit_get_start (self->visit)), *with = limber_visit_dup_with (self->visit);
  g_autofree char *waiting = limber_visit_dup_waiting_text (self->visit), *status = limber_visit_dup_status_text (self->visit);
  g_autofree char *delay = limber_visit_dup_delay_text (self->visit), *calling = limber_visit_dup_calling_text (self->visit);
  g_autofree char *minutes = limber_row_has (row, "minutes") ? g_strdup_printf (_("%d minutes"), (int) limber_row_integer (row, "minutes")) : NULL;
  const char *place = limber_row_text (row, "place"), *area = limber_row_text (row, "waiting_area"), *type = limber_row_text (row, "type");
  g_autoptr (GString) lines = g_string_new (NULL), whole = g_string_new (NULL);
  g_autofree char *when = NULL, *wait = area != NULL ? g_strdup_printf (_("Waits in: %s"), area) : NULL, *state = NULL;

  /* Translators: a time, whom the person sees, and the room. */
  when = place != NULL ? g_strdup_printf (_("%s with %s, %s"), time, with, place) : g_strdup_printf (_("%s with %s"), time, with);
  gtk_label_set_text (self->when, when);
  state = *waiting != '\0' ? g_strdup_printf ("%s · %s", status, waiting) : g_strdup (status);
  add_line (whole, state);
  add_line (whole, delay);
  add_line (whole, calling);
  gtk_label_set_text (self->status, whole->str);
  add_line (lines, limber_row_text (row, "service"));
  if (type != NULL)
    add_line (lines, g_str_equal (type, "new") ? _("First appointment") : g_str_equal (type, "class") ? _("Class") : g_str_equal (type, "walk-in") ? _("Walk-in") : _("Follow-up"));
  add_line (lines, minutes);
  add_line (lines, wait);
  gtk_label_set_text (self->appointment, lines->str);
}

static void
show_phone (LimberVisitPanel *self, LimberRow *row)
{
  g_autofree char *phones = limber_person_phones (limber_row_text (row, "mobile"), limber_row_text (row, "phone"));

  if (limber_row_integer (row, "restricted"))
    gtk_label_set_text (self->phone, _("Restricted: open the person to see it."));
  else
    gtk_label_set_text (self->phone, *phones != '\0' ? phones : _("Not recorded"));
}

/* When she last said that her details are right, and what she answered on coming. */
static void
show_answers (LimberVisitPanel *self, LimberRow *row)
{
  g_autofree char *words = limber_person_confirmed (limber_row_text (row, "details_confirmed"));

  gtk_label_set_text (self->confirmed, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->confirmed), words != NULL);
  if (self->store != NULL)
    limber_answers_box_show_visit (self->answers, self->store, limber_visit_get_id (self->visit));
}

static const char *
undo_words (LimberVisit *visit)
{
  switch (limber_visit_get_status (visit)) {
  case LIMBER_VISIT_BOOKED:
    return _("That was somebody else");
  case LIMBER_VISIT_DID_NOT_ATTEND:
    return g_strcmp0 (limber_visit_get_attendance (visit), "7") == 0 ? _("Undo “could not be seen”") : _("Undo “did not come”");
  case LIMBER_VISIT_CANCELLED:
    return _("Undo cancellation");
  case LIMBER_VISIT_CALLED:
    return _("Undo call");
  case LIMBER_VISIT_WITH_CLINICIAN:
    return _("Undo “went in”");
  case LIMBER_VISIT_SEEN:
    return _("Undo “seen”");
  default:
    return _("Undo check-in");
  }
}

/* What comes next in the course of a visit. */
static gboolean
next_step (LimberVisit *visit, LimberAct *act, const char **words)
{
  switch (limber_visit_get_status (visit)) {
  case LIMBER_VISIT_ARRIVED:
    *act = LIMBER_ACT_CALL;
    /* Translators: button: somebody is called in now */
    *words = _("Call in");
    return TRUE;
  case LIMBER_VISIT_CALLED:
    *act = LIMBER_ACT_WITH_CLINICIAN;
    /* Translators: button: somebody has gone in */
    *words = _("Went in");
    return TRUE;
  case LIMBER_VISIT_WITH_CLINICIAN:
    *act = LIMBER_ACT_SEEN;
    /* Translators: button: somebody was seen, and is done */
    *words = _("Seen");
    return TRUE;
  default:
    return FALSE;
  }
}

static void
enable (LimberVisitPanel *self, const char *action, gboolean enabled)
{
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), action)), enabled && limber_rights_enables (self->member, action));
}

static void
show_course (LimberVisitPanel *self)
{
  g_autofree char *times = limber_visit_dup_times_text (self->visit);
  const char *words = "";
  LimberAct act;
  gboolean next = next_step (self->visit, &act, &words), too_late = limber_visit_can_be_too_late (self->visit);

  gtk_label_set_text (self->times, times);
  gtk_widget_set_visible (GTK_WIDGET (self->times), *times != '\0');
  gtk_label_set_text (self->next_label, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->next_step), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_widget_set_visible (self->next_step, next);
  gtk_widget_set_visible (self->too_late, too_late);
  limber_attendance_box_set_visit (self->attendance, self->visit);
  gtk_widget_set_visible (self->call_again, limber_visit_get_status (self->visit) == LIMBER_VISIT_CALLED);
  enable (self, "next-step", next);
  enable (self, "call-again", limber_visit_get_status (self->visit) == LIMBER_VISIT_CALLED);
  enable (self, "too-late", too_late);
  enable (self, "confirm", limber_visit_get_attendance (self->visit) == NULL && limber_visit_get_suggestion (self->visit) != NULL);
}

static void
update (LimberVisitPanel *self)
{
  LimberRow *row = limber_visit_get_row (self->visit);
  g_autofree char *born = limber_person_born (limber_row_text (row, "born"), limber_row_text (row, "died"), self->today);
  g_autofree char *nhs_number = limber_person_nhs_number (limber_row_text (row, "nhs_number")), *needs = limber_visit_dup_needs (self->visit);
  g_autofree char *line = g_strdup_printf ("%s · %s", born, limber_person_sex (limber_row_text (row, "sex")));

  gtk_label_set_text (self->name, limber_visit_get_name (self->visit));
  gtk_label_set_text (self->born, line);
  gtk_label_set_text (self->nhs_number, nhs_number);
  gtk_label_set_text (self->needs, needs != NULL ? needs : _("None recorded"));
  show_note (self, row);
  show_appointment (self, row);
  show_phone (self, row);
  show_answers (self, row);
  gtk_widget_set_visible (self->check_in, limber_visit_can_check_in (self->visit));
  gtk_widget_set_visible (self->absent, limber_visit_can_be_absent (self->visit));
  gtk_widget_set_visible (self->undo, limber_visit_can_undo (self->visit));
  gtk_button_set_label (GTK_BUTTON (self->undo), undo_words (self->visit));
  show_course (self);
}

static void
go_on (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LimberVisitPanel *self = data;
  const char *words;
  LimberAct act;

  if (self->visit != NULL && next_step (self->visit, &act, &words))
    g_signal_emit (self, signals[DEED], 0, act, NULL, NULL);
}

static void
call_again (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_signal_emit (data, signals[DEED], 0, LIMBER_ACT_CALL, NULL, NULL);
}

static void
too_late (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_signal_emit (data, signals[DEED], 0, LIMBER_ACT_COULD_NOT_BE_SEEN, NULL, NULL);
}

static void
confirm (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LimberVisitPanel *self = data;

  if (self->visit != NULL)
    g_signal_emit (self, signals[DEED], 0, LIMBER_ACT_ATTENDANCE, limber_visit_get_suggestion (self->visit), NULL);
}

static void
said (LimberVisitPanel *self, const char *code, const char *why)
{
  g_signal_emit (self, signals[DEED], 0, code != NULL ? LIMBER_ACT_ATTENDANCE : LIMBER_ACT_NO_ATTENDANCE, code, why);
}

static const GActionEntry entries[] = {
  { "next-step", go_on, NULL, NULL, NULL },
  { "call-again", call_again, NULL, NULL, NULL },
  { "too-late", too_late, NULL, NULL, NULL },
  { "confirm", confirm, NULL, NULL, NULL },
};

/**
 * limber_visit_panel_set_visit:
 * @visit: (nullable): what to show
 * @today: the day, YYYY-MM-DD, for ages
 */
void
limber_visit_panel_set_visit (LimberVisitPanel *self, LimberVisit *visit, const char *today)
{
  gboolean other = self->visit == NULL || visit == NULL || !limber_id_equal (limber_visit_get_id (self->visit), limber_visit_get_id (visit));

  if (self->visit != NULL)
    g_signal_handlers_disconnect_by_func (self->visit, update, self);
  g_set_object (&self->visit, visit);
  g_free (self->today);
  self->today = g_strdup (today);
  if (other)
    limber_visit_panel_set_notice (self, NULL);
  if (visit != NULL) {
    g_signal_connect_object (visit, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    update (self);
  }
  if (visit == NULL)
    limber_answers_box_show_none (self->answers);
  for (guint i = 0; visit == NULL && i < G_N_ELEMENTS (entries); i++)
    enable (self, entries[i].name, FALSE);
  gtk_stack_set_visible_child_name (self->stack, visit != NULL ? "visit" : "nothing");
}

/**
 * limber_visit_panel_set_store:
 * @store: (nullable): where what people answered is read
 * @member: (nullable): who is at work, whose role says which buttons work
 */
void
limber_visit_panel_set_store (LimberVisitPanel *self, LimberStore *store, LimberStaffMember *member)
{
  g_set_object (&self->member, member);
  limber_answers_box_show_none (self->answers);
  g_set_object (&self->store, store);
}

/**
 * limber_visit_panel_set_nothing:
 *
 * Says what stands there while there is no visit to show.
 */
void
limber_visit_panel_set_nothing (LimberVisitPanel *self, const char *title, const char *text)
{
  gtk_label_set_text (self->nothing_title, title);
  gtk_label_set_text (self->nothing_text, text);
}

/**
 * limber_visit_panel_set_can_open:
 * @can_open: whether the person's own page is not open already
 */
void
limber_visit_panel_set_can_open (LimberVisitPanel *self, gboolean can_open)
{
  gtk_widget_set_visible (self->open, can_open);
}

/**
 * limber_visit_panel_set_notice:
 * @text: (nullable): why the last thing asked for was not done
 */
void
limber_visit_panel_set_notice (LimberVisitPanel *self, const char *text)
{
  gtk_label_set_text (self->notice, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->notice), text != NULL);
}

static void
limber_visit_panel_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (limber_visit_panel_parent_class)->root (widget);
  gtk_widget_insert_action_group (GTK_WIDGET (gtk_widget_get_root (widget)), "visit", G_ACTION_GROUP (LIMBER_VISIT_PANEL (widget)->actions));
}

static void
limber_visit_panel_unroot (GtkWidget *widget)
{
  gtk_widget_insert_action_group (GTK_WIDGET (gtk_widget_get_root (widget)), "visit", NULL);
  GTK_WIDGET_CLASS (limber_visit_panel_parent_class)->unroot (widget);
}

static void
limber_visit_panel_dispose (GObject *object)
{
  LimberVisitPanel *self = LIMBER_VISIT_PANEL (object);

  if (self->visit != NULL)
    g_signal_handlers_disconnect_by_func (self->visit, update, self);
  g_clear_object (&self->visit);
  g_clear_object (&self->store);
  g_clear_object (&self->member);
  g_clear_pointer (&self->today, g_free);
  if (self->stack != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->stack)));
  g_clear_object (&self->actions);
  G_OBJECT_CLASS (limber_visit_panel_parent_class)->dispose (object);
}

static void
limber_visit_panel_class_init (LimberVisitPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_visit_panel_dispose;
  widget_class->root = limber_visit_panel_root;
  widget_class->unroot = limber_visit_panel_unroot;
  signals[DEED] = g_signal_new ("deed", LIMBER_TYPE_VISIT_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3, G_TYPE_INT, G_TYPE_STRING, G_TYPE_STRING);
  g_type_ensure (LIMBER_TYPE_ANSWERS_BOX);
  g_type_ensure (LIMBER_TYPE_ATTENDANCE_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-visit-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberVisitPanel, stack);
  gtk_widget_class_bind_template_child (widget_class, LimberVisitPanel, nothing_title);
  gtk_widget_class_bind_template_child (widget_class, LimberVisitPanel, nothing_text);
  gtk_widget_class_bind_template_child (widget_class, LimberVisitPanel, name);
  gtk_widget_class_bind_template_child (widget_class, LimberVisitPanel, born);
  gtk_widget_class_bind_template_child (widget_class, LimberVisitPanel, nhs_number);
  gtk_widget_class_bind_template_child (widget_class, LimberVisitPanel, when);
  gtk_widget_class_bind_template_child (widget_class, LimberVisitPanel, status);
  gtk_widget_class_bind_template_child (widget_class, LimberVisitPanel, times);
  gtk_widget_class_bind_template_child (widget_class, LimberVisitPanel, note);
  gtk_widget_class_bind_template_child (widget_class, LimberVisitPanel, note_text);
  gtk_widget_class_bind_template_child (widget_class, LimberVisitPanel, notice);
  gtk_widget_class_bind_template_child (widget_class, LimberVisitPanel, check_in);
  gtk_widget_class_bind_template_child (widget_class, LimberVisitPanel, next_step);
  gtk_widget_class_bind_template_child (widget_class, LimberVisitPanel, next_label);
  gtk_widget_class_bind_template_child (widget_class, LimberVisitPanel, call_again);
  gtk_widget_class_bind_template_child (widget_class, LimberVisitPanel, undo);
  gtk_widget_class_bind_template_child (widget_class, LimberVisitPanel, absent);
  gtk_widget_class_bind_template_child (widget_class, LimberVisitPanel, too_late);
  gtk_widget_class_bind_template_child (widget_class, LimberVisitPanel, open);
  gtk_widget_class_bind_template_child (widget_class, LimberVisitPanel, attendance);
  gtk_widget_class_bind_template_child (widget_class, LimberVisitPanel, needs);
  gtk_widget_class_bind_template_child (widget_class, LimberVisitPanel, appointment);
  gtk_widget_class_bind_template_child (widget_class, LimberVisitPanel, phone);
  gtk_widget_class_bind_template_child (widget_class, LimberVisitPanel, confirmed);
  gtk_widget_class_bind_template_child (widget_class, LimberVisitPanel, answers);
  gtk_widget_class_bind_template_callback (widget_class, said);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
limber_visit_panel_init (LimberVisitPanel *self)
{
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_init_template (GTK_WIDGET (self));
}
