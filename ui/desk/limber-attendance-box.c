/* The two answers that fit what became of a visit stand in the popover; the one that the times suggest needs no popover. */
#include "limber-attendance-box.h"

#include <glib/gi18n-lib.h>

#include "limber-attendance.h"

#define ANSWERS 2 /* of every end of a visit there are so many */

struct _LimberAttendanceBox {
  GtkWidget      parent_instance;
  gboolean       has_visit;
  LimberId       visit;          /* of which the words in `why` are */
  gboolean       needs_reason;   /* the times suggest something else */
  const char    *codes[ANSWERS]; /* of the buttons; NULL for none */
  GtkWidget     *box;
  GtkLabel      *text;
  GtkWidget     *confirm;
  GtkMenuButton *otherwise;
  GtkWidget     *popover;
  GtkEditable   *why;
  GtkWidget     *answer_0;
  GtkWidget     *answer_1;
  GtkWidget     *take_back;
};

enum {
  SAID,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberAttendanceBox, limber_attendance_box, GTK_TYPE_WIDGET)

static const char *
reason (LimberAttendanceBox *self)
{
  return gtk_editable_get_text (self->why);
}

static void
why_changed (LimberAttendanceBox *self)
{
  gboolean can = !self->needs_reason || *reason (self) != '\0';

  gtk_widget_set_sensitive (self->answer_0, can);
  gtk_widget_set_sensitive (self->answer_1, can);
}

static void
answered (LimberAttendanceBox *self, guint which)
{
  g_autofree char *why = g_strdup (reason (self));

  gtk_popover_popdown (GTK_POPOVER (self->popover));
  g_signal_emit (self, signals[SAID], 0, self->codes[which], why);
}

static void
answered_0 (LimberAttendanceBox *self)
{
  answered (self, 0);
}

static void
answered_1 (LimberAttendanceBox *self)
{
  answered (self, 1);
}

/* Enter, where there is but one other answer. */
static void
why_entered (LimberAttendanceBox *self)
{
  if (self->codes[1] == NULL && gtk_widget_is_sensitive (self->answer_0))
    answered (self, 0);
}

static void
taken_back (LimberAttendanceBox *self)
{
  g_signal_emit (self, signals[SAID], 0, NULL, NULL);
}

/* The codes that fit what became of the visit, but for the one that is confirmed with one key. */
static guint
find_answers (LimberAttendanceBox *self, const char *status, const char *suggestion)
{
  static const char *const all[] = { "5", "6", "7", "3", "2", "4" };
  guint n = 0;

  for (guint i = 0; i < ANSWERS; i++)
    self->codes[i] = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (all) && n < ANSWERS; i++)
    if (limber_attendance_fits (all[i], status) && g_strcmp0 (all[i], suggestion) != 0)
      self->codes[n++] = all[i];
  return n;
}

static void
show_answers (LimberAttendanceBox *self)
{
  GtkWidget *const buttons[ANSWERS] = { self->answer_0, self->answer_1 };

  for (guint i = 0; i < ANSWERS; i++) {
    gtk_widget_set_visible (buttons[i], self->codes[i] != NULL);
    if (self->codes[i] != NULL)
      gtk_button_set_label (GTK_BUTTON (buttons[i]), limber_attendance_words (self->codes[i]));
  }
  why_changed (self);
}

static char *
describe (LimberVisit *visit, const char *said, const char *suggestion)
{
  const char *note = limber_row_text (limber_visit_get_row (visit), "attendance_note");

  if (said != NULL && note != NULL)
    /* Translators: how a visit is coded, in words, and why. */
    return g_strdup_printf (_("%s. Confirmed: %s"), limber_attendance_words (said), note);
  if (said != NULL)
    /* Translators: how a visit is coded, in words. */
    return g_strdup_printf (_("%s. Confirmed."), limber_attendance_words (said));
  if (suggestion != NULL)
    /* Translators: how a visit would be coded, in words. */
    return g_strdup_printf (_("By the times: %s. Not confirmed yet."), limber_attendance_words (suggestion));
  return g_strdup (_("The times do not tell. Not said yet."));
}

/**
 * limber_attendance_box_set_visit:
 * @visit: what to show; the box is hidden while there is nothing to say of it
 */
void
limber_attendance_box_set_visit (LimberAttendanceBox *self, LimberVisit *visit)
{
  const char *suggestion = limber_visit_get_suggestion (visit), *said = limber_visit_get_attendance (visit);
  g_autofree char *words = NULL;
  guint n = find_answers (self, limber_visit_get_status_word (visit), suggestion);

  if (!self->has_visit || !limber_id_equal (&self->visit, limber_visit_get_id (visit)))
    gtk_editable_set_text (self->why, "");
  self->has_visit = TRUE;
  self->visit = *limber_visit_get_id (visit);
  self->needs_reason = suggestion != NULL;
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
  words = describe (visit, said, suggestion);
  gtk_label_set_text (self->text, words);
  gtk_widget_set_visible (self->confirm, said == NULL && suggestion != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->otherwise), said == NULL);
  gtk_menu_button_set_label (self->otherwise, suggestion != NULL ? _("It was otherwise…") : _("Say how it was…"));
  gtk_widget_set_visible (self->take_back, said != NULL);
  show_answers (self);
}

static void
limber_attendance_box_dispose (GObject *object)
{
  LimberAttendanceBox *self = LIMBER_ATTENDANCE_BOX (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (limber_attendance_box_parent_class)->dispose (object);
}

static void
limber_attendance_box_class_init (LimberAttendanceBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_attendance_box_dispose;
  signals[SAID] = g_signal_new ("said", LIMBER_TYPE_ATTENDANCE_BOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-attendance-box.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberAttendanceBox, box);
  gtk_widget_class_bind_template_child (widget_class, LimberAttendanceBox, text);
  gtk_widget_class_bind_template_child (widget_class, LimberAttendanceBox, confirm);
  gtk_widget_class_bind_template_child (widget_class, LimberAttendanceBox, otherwise);
  gtk_widget_class_bind_template_child (widget_class, LimberAttendanceBox, popover);
  gtk_widget_class_bind_template_child (widget_class, LimberAttendanceBox, why);
  gtk_widget_class_bind_template_child (widget_class, LimberAttendanceBox, answer_0);
  gtk_widget_class_bind_template_child (widget_class, LimberAttendanceBox, answer_1);
  gtk_widget_class_bind_template_child (widget_class, LimberAttendanceBox, take_back);
  gtk_widget_class_bind_template_callback (widget_class, why_changed);
  gtk_widget_class_bind_template_callback (widget_class, why_entered);
  gtk_widget_class_bind_template_callback (widget_class, answered_0);
  gtk_widget_class_bind_template_callback (widget_class, answered_1);
  gtk_widget_class_bind_template_callback (widget_class, taken_back);
}

static void
limber_attendance_box_init (LimberAttendanceBox *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
