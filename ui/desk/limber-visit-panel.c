#include "limber-visit-panel.h"

#include <glib/gi18n-lib.h>

#include "limber-date.h"
#include "limber-person.h"

struct _LimberVisitPanel {
  GtkWidget    parent_instance;
  LimberVisit *visit; /* (owned) (nullable) */
  char        *today; /* (owned) (nullable) */
  GtkStack    *stack;
  GtkLabel    *nothing_title;
  GtkLabel    *nothing_text;
  GtkLabel    *name;
  GtkLabel    *born;
  GtkLabel    *nhs_number;
  GtkLabel    *when;
  GtkLabel    *status;
  GtkWidget   *note;
  GtkLabel    *note_text;
  GtkLabel    *notice;
  GtkWidget   *check_in;
  GtkWidget   *undo;
  GtkWidget   *absent;
  GtkWidget   *open;
  GtkLabel    *needs;
  GtkLabel    *appointment;
  GtkLabel    *phone;
};

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
    add_line (lines, g_str_equal (by, "patient") ? _("Cancelled by the patient") : _("Cancelled by the service"));
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
  g_autofree char *minutes = limber_row_has (row, "minutes") ? g_strdup_printf (_("%d minutes"), (int) limber_row_integer (row, "minutes")) : NULL;
  const char *place = limber_row_text (row, "place"), *area = limber_row_text (row, "waiting_area"), *type = limber_row_text (row, "type");
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autofree char *when = NULL, *wait = area != NULL ? g_strdup_printf (_("Waits in: %s"), area) : NULL, *state = NULL;

  /* Translators: a time, whom the person sees, and the room. */
  when = place != NULL ? g_strdup_printf (_("%s with %s, %s"), time, with, place) : g_strdup_printf (_("%s with %s"), time, with);
  gtk_label_set_text (self->when, when);
  state = *waiting != '\0' ? g_strdup_printf ("%s · %s", status, waiting) : g_strdup (status);
  gtk_label_set_text (self->status, state);
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
  g_autofree char *mobile = limber_person_phone (limber_row_text (row, "mobile")), *phone = limber_person_phone (limber_row_text (row, "phone"));
  g_autoptr (GString) lines = g_string_new (NULL);

  if (limber_row_integer (row, "restricted"))
    add_line (lines, _("Restricted: open the person to see it."));
  else {
    add_line (lines, mobile);
    if (!g_str_equal (mobile, phone))
      add_line (lines, phone);
  }
  gtk_label_set_text (self->phone, lines->len > 0 ? lines->str : _("Not recorded"));
}

static const char *
undo_words (LimberVisitStatus status)
{
  switch (status) {
  case LIMBER_VISIT_DID_NOT_ATTEND:
    return _("Undo “did not come”");
  case LIMBER_VISIT_CANCELLED:
    return _("Undo cancellation");
  default:
    return _("Undo check-in");
  }
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
  gtk_widget_set_visible (self->check_in, limber_visit_can_check_in (self->visit));
  gtk_widget_set_visible (self->absent, limber_visit_can_be_absent (self->visit));
  gtk_widget_set_visible (self->undo, limber_visit_can_undo (self->visit));
  gtk_button_set_label (GTK_BUTTON (self->undo), undo_words (limber_visit_get_status (self->visit)));
}

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
  gtk_stack_set_visible_child_name (self->stack, visit != NULL ? "visit" : "nothing");
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
limber_visit_panel_dispose (GObject *object)
{
  LimberVisitPanel *self = LIMBER_VISIT_PANEL (object);

  if (self->visit != NULL)
    g_signal_handlers_disconnect_by_func (self->visit, update, self);
  g_clear_object (&self->visit);
  g_clear_pointer (&self->today, g_free);
  if (self->stack != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->stack)));
  G_OBJECT_CLASS (limber_visit_panel_parent_class)->dispose (object);
}

static void
limber_visit_panel_class_init (LimberVisitPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_visit_panel_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-visit-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberVisitPanel, stack);
  gtk_widget_class_bind_template_child (widget_class, LimberVisitPanel, nothing_title);
  gtk_widget_class_bind_template_child (widget_class, LimberVisitPanel, nothing_text);
  gtk_widget_class_bind_template_child (widget_class, LimberVisitPanel, name);
  gtk_widget_class_bind_template_child (widget_class, LimberVisitPanel, born);
  gtk_widget_class_bind_template_child (widget_class, LimberVisitPanel, nhs_number);
  gtk_widget_class_bind_template_child (widget_class, LimberVisitPanel, when);
  gtk_widget_class_bind_template_child (widget_class, LimberVisitPanel, status);
  gtk_widget_class_bind_template_child (widget_class, LimberVisitPanel, note);
  gtk_widget_class_bind_template_child (widget_class, LimberVisitPanel, note_text);
  gtk_widget_class_bind_template_child (widget_class, LimberVisitPanel, notice);
  gtk_widget_class_bind_template_child (widget_class, LimberVisitPanel, check_in);
  gtk_widget_class_bind_template_child (widget_class, LimberVisitPanel, undo);
  gtk_widget_class_bind_template_child (widget_class, LimberVisitPanel, absent);
  gtk_widget_class_bind_template_child (widget_class, LimberVisitPanel, open);
  gtk_widget_class_bind_template_child (widget_class, LimberVisitPanel, needs);
  gtk_widget_class_bind_template_child (widget_class, LimberVisitPanel, appointment);
  gtk_widget_class_bind_template_child (widget_class, LimberVisitPanel, phone);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
limber_visit_panel_init (LimberVisitPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
