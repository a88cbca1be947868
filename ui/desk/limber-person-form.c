#include "limber-person-form.h"

#include <glib/gi18n-lib.h>

#include "limber-date.h"
#include "limber-detail-row.h"
#include "limber-json.h"
#include "limber-live-query.h"

struct _LimberPersonForm {
  GtkWidget        parent_instance;
  LimberLiveQuery *practices; /* (owned) (nullable) */
  GPtrArray       *rows;      /* (owned) (element-type LimberDetailRow): in the order in which they are asked */
  GtkWidget       *scroller;
  GtkWidget       *box;
  GtkWidget       *contact_hidden;
};

enum {
  CHANGED,
  ACTIVATED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberPersonForm, limber_person_form, GTK_TYPE_WIDGET)

static LimberDetailRow *
row_of (LimberPersonForm *self, const char *field)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (g_str_equal (limber_detail_row_get_detail (g_ptr_array_index (self->rows, i))->field, field))
      return g_ptr_array_index (self->rows, i);
  return NULL;
}

static void
changed (LimberPersonForm *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
activated (LimberPersonForm *self)
{
  g_signal_emit (self, signals[ACTIVATED], 0);
}

static void
gather_rows (LimberPersonForm *self, GtkWidget *from)
{
  if (LIMBER_IS_DETAIL_ROW (from)) {
    g_signal_connect_object (from, "changed", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (from, "activated", G_CALLBACK (activated), self, G_CONNECT_SWAPPED);
    g_ptr_array_add (self->rows, from);
    return;
  }
  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL; child = gtk_widget_get_next_sibling (child))
    gather_rows (self, child);
}

/* Practices of one name are told apart by where they are. */
static void
offer_practices (LimberPersonForm *self)
{
  g_autoptr (GPtrArray) codes = g_ptr_array_new_with_free_func (g_free), words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->practices)); i++) {
    g_autoptr (LimberRow) row = g_list_model_get_item (G_LIST_MODEL (self->practices), i);
    const char *name = limber_row_text (row, "name"), *postcode = limber_row_text (row, "postcode");

    g_ptr_array_add (codes, limber_id_dup_text (limber_row_id (row, "id")));
    g_ptr_array_add (words, postcode != NULL ? g_strdup_printf ("%s, %s", name, postcode) : g_strdup (name));
  }
  g_ptr_array_add (codes, NULL);
  g_ptr_array_add (words, NULL);
  limber_detail_row_set_choices (row_of (self, "practice"), (const char *const *) codes->pdata, (const char *const *) words->pdata);
}

/**
 * limber_person_form_open:
 *
 * Makes it ready to be typed in.
 */
void
limber_person_form_open (LimberPersonForm *form, LimberStore *store)
{
  char today[LIMBER_DATE_LENGTH + 1];

  limber_person_form_close (form);
  limber_date_of_time (limber_env_now (limber_store_env (store)), today);
  for (guint i = 0; i < form->rows->len; i++)
    limber_detail_row_set_today (g_ptr_array_index (form->rows, i), today);
  form->practices = limber_live_query_new (store, "practices", "");
  g_signal_connect_object (form->practices, "items-changed", G_CALLBACK (offer_practices), form, G_CONNECT_SWAPPED);
}

/**
 * limber_person_form_close:
 *
 * Forgets all that stands in it.
 */
void
limber_person_form_close (LimberPersonForm *form)
{
  if (form->practices != NULL)
    g_signal_handlers_disconnect_by_func (form->practices, offer_practices, form);
  g_clear_object (&form->practices);
  for (guint i = 0; i < form->rows->len; i++)
    limber_detail_row_begin (g_ptr_array_index (form->rows, i), "", "");
  limber_person_form_show_contact (form, TRUE);
}

static const json_t *
kept_of (const json_t *kept, const char *field)
{
  json_t *detail;
  size_t i;

  json_array_foreach (json_object_get (kept, "details"), i, detail)
    if (g_strcmp0 (limber_json_string (detail, "field"), field) == 0)
      return detail;
  return NULL;
}

/**
 * limber_person_form_begin:
 * @person: (nullable): a row of the query "person"; nothing for somebody new
 * @kept: (nullable): what was typed before and not saved, as limber_person_form_dup_details() gave it; the rest is as it is held
 */
void
limber_person_form_begin (LimberPersonForm *form, LimberRow *person, const json_t *kept)
{
  for (guint i = 0; i < form->rows->len; i++) {
    LimberDetailRow *row = g_ptr_array_index (form->rows, i);
    const LimberDetail *detail = limber_detail_row_get_detail (row);
    g_autofree char *held = person != NULL ? limber_detail_of (detail, person) : g_strdup ("");
    const json_t *typed = kept_of (kept, detail->field);
    const char *base = limber_json_string (typed, "base");

    limber_detail_row_begin (row, base != NULL ? base : held, limber_json_string (typed, "typed"));
    if (base != NULL)
      limber_detail_row_hear (row, held);
  }
}

/**
 * limber_person_form_hear:
 * @person: what is held of her now
 */
void
limber_person_form_hear (LimberPersonForm *form, LimberRow *person)
{
  for (guint i = 0; i < form->rows->len; i++) {
    LimberDetailRow *row = g_ptr_array_index (form->rows, i);
    g_autofree char *value = limber_detail_of (limber_detail_row_get_detail (row), person);

    limber_detail_row_hear (row, value);
  }
}

/**
 * limber_person_form_show_contact:
 * @shown: whether it may be seen where she lives and how she is reached
 */
void
limber_person_form_show_contact (LimberPersonForm *form, gboolean shown)
{
  for (guint i = 0; i < form->rows->len; i++)
    if (limber_detail_row_get_detail (g_ptr_array_index (form->rows, i))->contact)
      gtk_widget_set_visible (g_ptr_array_index (form->rows, i), shown);
  gtk_widget_set_visible (form->contact_hidden, !shown);
}

/**
 * limber_person_form_type:
 * @typed: what is to stand there, as if it had been typed
 */
void
limber_person_form_type (LimberPersonForm *form, const char *field, const char *typed)
{
  limber_detail_row_begin (row_of (form, field), "", typed);
}

/**
 * limber_person_form_dup_typed:
 *
 * Returns: (transfer full): what stands there
 */
char *
limber_person_form_dup_typed (LimberPersonForm *form, const char *field)
{
  return limber_detail_row_dup_typed (row_of (form, field));
}

/**
 * limber_person_form_dup_value:
 *
 * Returns: (transfer full) (nullable): what is read from what stands there; %NULL for nothing, or what cannot be
 */
char *
limber_person_form_dup_value (LimberPersonForm *form, const char *field)
{
  g_autofree char *value = limber_detail_row_dup_value (row_of (form, field));

  return value != NULL && *value != '\0' ? g_steal_pointer (&value) : NULL;
}

/**
 * limber_person_form_is_changed:
 *
 * Returns: whether anything stands there that is not held
 */
gboolean
limber_person_form_is_changed (LimberPersonForm *form)
{
  for (guint i = 0; i < form->rows->len; i++)
    if (limber_detail_row_is_changed (g_ptr_array_index (form->rows, i)))
      return TRUE;
  return FALSE;
}

/**
 * limber_person_form_check:
 * @problem: (out) (transfer full): what is wrong, and where
 *
 * Returns: whether all of it can be saved; if not, the first that cannot be has the focus
 */
gboolean
limber_person_form_check (LimberPersonForm *form, char **problem)
{
  *problem = NULL;
  for (guint i = 0; i < form->rows->len; i++) {
    LimberDetailRow *row = g_ptr_array_index (form->rows, i);
    g_autoptr (GError) error = NULL;

    if (limber_detail_row_check (row, &error))
      continue;
    /* Translators: what a field of a form is called; then what is wrong with what stands there. */
    *problem = g_strdup_printf (_("%s: %s"), limber_detail_label (limber_detail_row_get_detail (row)), error->message);
    limber_detail_row_focus (row);
    return FALSE;
  }
  return TRUE;
}

/**
 * limber_person_form_dup_clash:
 *
 * Returns: (transfer full) (nullable): what somebody else has changed meanwhile that was typed here too, by what it is called; %NULL
 *   for nothing
 */
char *
limber_person_form_dup_clash (LimberPersonForm *form)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < form->rows->len; i++)
    if (limber_detail_row_is_clashing (g_ptr_array_index (form->rows, i)))
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", limber_detail_label (limber_detail_row_get_detail (g_ptr_array_index (form->rows, i))));
  return names->len > 0 ? g_strdup (names->str) : NULL;
}

/**
 * limber_person_form_dup_details:
 * @back: rather what it takes to take that back, once it is saved
 *
 * Returns: (transfer full): an array of what was changed: "field", "typed", "base"
 */
json_t *
limber_person_form_dup_details (LimberPersonForm *form, gboolean back)
{
  json_t *details = json_array ();

  for (guint i = 0; i < form->rows->len; i++) {
    LimberDetailRow *row = g_ptr_array_index (form->rows, i);
    g_autofree char *typed = limber_detail_row_dup_typed (row), *value = limber_detail_row_dup_value (row);
    const char *field = limber_detail_row_get_detail (row)->field, *base = limber_detail_row_get_base (row);

    if (!limber_detail_row_is_changed (row))
      continue;
    if (back)
      json_array_append_new (details, json_pack ("{s:s, s:s, s:s*}", "field", field, "typed", base, "base", value));
    else
      json_array_append_new (details, json_pack ("{s:s, s:s, s:s}", "field", field, "typed", typed, "base", base));
  }
  return details;
}

/**
 * limber_person_form_focus:
 * @field: where the next letter goes
 */
void
limber_person_form_focus (LimberPersonForm *form, const char *field)
{
  limber_detail_row_focus (row_of (form, field));
}

static void
limber_person_form_dispose (GObject *object)
{
  LimberPersonForm *self = LIMBER_PERSON_FORM (object);

  if (self->practices != NULL)
    g_signal_handlers_disconnect_by_func (self->practices, offer_practices, self);
  g_clear_object (&self->practices);
  g_ptr_array_set_size (self->rows, 0);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (limber_person_form_parent_class)->dispose (object);
}

static void
limber_person_form_finalize (GObject *object)
{
  g_ptr_array_unref (LIMBER_PERSON_FORM (object)->rows);
  G_OBJECT_CLASS (limber_person_form_parent_class)->finalize (object);
}

static void
limber_person_form_class_init (LimberPersonFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_person_form_dispose;
  G_OBJECT_CLASS (klass)->finalize = limber_person_form_finalize;
  signals[CHANGED] = g_signal_new ("changed", LIMBER_TYPE_PERSON_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ACTIVATED] = g_signal_new ("activated", LIMBER_TYPE_PERSON_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (LIMBER_TYPE_DETAIL_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-person-form.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberPersonForm, scroller);
  gtk_widget_class_bind_template_child (widget_class, LimberPersonForm, box);
  gtk_widget_class_bind_template_child (widget_class, LimberPersonForm, contact_hidden);
}

static void
limber_person_form_init (LimberPersonForm *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gather_rows (self, self->box);
}
