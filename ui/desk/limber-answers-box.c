#include "limber-answers-box.h"

#include <glib/gi18n-lib.h>

#include "limber-answered.h"
#include "limber-date.h"
#include "limber-live-query.h"

struct _LimberAnswersBox {
  GtkBox           parent_instance;
  LimberLiveQuery *rows;  /* (owned) (nullable) */
  LimberId         whose; /* the appointment's or the person's id */
  gboolean         dated; /* of several visits: each line begins with its day */
  GtkLabel        *lines;
};

G_DEFINE_FINAL_TYPE (LimberAnswersBox, limber_answers_box, GTK_TYPE_BOX)

static void
add_line (LimberAnswersBox *self, LimberRow *row, GString *lines)
{
  g_autofree char *line = limber_answered_line (row), *date = NULL;
  char day[LIMBER_DATE_LENGTH + 1];

  if (lines->len > 0)
    g_string_append_c (lines, '\n');
  if (self->dated) {
    limber_date_of_time (limber_row_integer (row, "at"), day);
    date = limber_date_for_staff (day);
    g_string_append_printf (lines, "%s  ", date);
  }
  g_string_append (lines, line);
}

static void
update (LimberAnswersBox *self)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  guint n = self->rows != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->rows)) : 0;

  for (guint i = 0; i < n; i++) {
    g_autoptr (LimberRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), i);

    add_line (self, row, lines);
  }
  gtk_label_set_text (self->lines, lines->str);
  gtk_widget_set_visible (GTK_WIDGET (self), lines->len > 0);
}

static void
limber_answers_box_dispose (GObject *object)
{
  LimberAnswersBox *self = LIMBER_ANSWERS_BOX (object);

  if (self->rows != NULL)
    g_signal_handlers_disconnect_by_func (self->rows, update, self);
  g_clear_object (&self->rows);
  G_OBJECT_CLASS (limber_answers_box_parent_class)->dispose (object);
}

static void
limber_answers_box_class_init (LimberAnswersBoxClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = limber_answers_box_dispose;
}

static GtkLabel *
add_label (LimberAnswersBox *self, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_box_append (GTK_BOX (self), label);
  return GTK_LABEL (label);
}

static void
limber_answers_box_init (LimberAnswersBox *self)
{
  GtkLabel *title;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 4);
  title = add_label (self, _("Answered at the kiosk"));
  gtk_widget_add_css_class (GTK_WIDGET (title), "strong");
  self->lines = add_label (self, "");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static void
show (LimberAnswersBox *self, LimberStore *store, const char *query, const LimberId *whose, gboolean dated)
{
  if (self->rows != NULL && limber_id_equal (&self->whose, whose))
    return;
  limber_answers_box_show_none (self);
  self->whose = *whose;
  self->dated = dated;
  self->rows = limber_live_query_new (store, query, "d", whose);
  g_signal_connect_object (self->rows, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * limber_answers_box_show_visit:
 *
 * Shows what was answered before one visit.
 */
void
limber_answers_box_show_visit (LimberAnswersBox *box, LimberStore *store, const LimberId *appointment)
{
  show (box, store, "answers-of-visit", appointment, FALSE);
}

/**
 * limber_answers_box_show_person:
 * @patient: any of her records
 *
 * Shows what she has answered before all of her visits, the newest first.
 */
void
limber_answers_box_show_person (LimberAnswersBox *box, LimberStore *store, const LimberId *patient)
{
  show (box, store, "answers-of-person", patient, TRUE);
}

/**
 * limber_answers_box_show_none:
 *
 * Forgets whom it showed.
 */
void
limber_answers_box_show_none (LimberAnswersBox *box)
{
  if (box->rows != NULL)
    g_signal_handlers_disconnect_by_func (box->rows, update, box);
  g_clear_object (&box->rows);
  update (box);
}
