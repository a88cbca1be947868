/* The rows may come and go while somebody chooses: what is chosen is kept by its id. */
#include "limber-setup-choice.h"

#include "limber-person.h"

struct _LimberSetupChoice {
  GtkDropDown          *shown; /* (owned) */
  LimberLiveQuery      *rows;  /* (owned) */
  LimberSetupChoiceName name;
  char                 *none;  /* (owned) */
  GArray               *ids;   /* (owned): LimberId of each after the first */
  LimberId              wanted;
};

static void
fill (LimberSetupChoice *self)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  LimberId wanted = self->wanted;

  limber_setup_choice_get (self, &wanted);
  g_array_set_size (self->ids, 0);
  gtk_string_list_append (words, self->none);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->rows)); i++) {
    g_autoptr (LimberRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), i);
    g_autofree char *name = self->name (row);

    if (name == NULL)
      continue;
    gtk_string_list_append (words, name);
    g_array_append_val (self->ids, *limber_row_id (row, "id"));
  }
  gtk_drop_down_set_model (self->shown, G_LIST_MODEL (words));
  limber_setup_choice_set (self, &wanted);
}

/**
 * limber_setup_choice_new:
 * @shown: where one chooses
 * @name: what a row is called
 * @none: what none of them is called
 *
 * Returns: (transfer full): the choice, kept in step with @rows until it is freed
 */
LimberSetupChoice *
limber_setup_choice_new (GtkDropDown *shown, LimberLiveQuery *rows, LimberSetupChoiceName name, const char *none)
{
  LimberSetupChoice *self = g_new0 (LimberSetupChoice, 1);

  self->shown = g_object_ref (shown);
  self->rows = g_object_ref (rows);
  self->name = name;
  self->none = g_strdup (none);
  self->ids = g_array_new (FALSE, FALSE, sizeof (LimberId));
  g_signal_connect_swapped (rows, "items-changed", G_CALLBACK (fill), self);
  fill (self);
  return self;
}

void
limber_setup_choice_free (LimberSetupChoice *self)
{
  g_signal_handlers_disconnect_by_data (self->rows, self);
  gtk_drop_down_set_model (self->shown, NULL);
  g_array_unref (self->ids);
  g_object_unref (self->rows);
  g_object_unref (self->shown);
  g_free (self->none);
  g_free (self);
}

/**
 * limber_setup_choice_set:
 * @id: (nullable): nil or %NULL for none
 */
void
limber_setup_choice_set (LimberSetupChoice *self, const LimberId *id)
{
  guint at = 0;

  self->wanted = id != NULL ? *id : (LimberId){ { 0 } };
  for (guint i = 0; i < self->ids->len; i++)
    if (limber_id_equal (&g_array_index (self->ids, LimberId, i), &self->wanted))
      at = i + 1;
  gtk_drop_down_set_selected (self->shown, at);
}

/**
 * limber_setup_choice_get:
 * @id: (out): the nil id for none
 *
 * Returns: whether one is chosen
 */
gboolean
limber_setup_choice_get (LimberSetupChoice *self, LimberId *id)
{
  guint at = gtk_drop_down_get_selected (self->shown);

  if (at == 0 || at == GTK_INVALID_LIST_POSITION || at > self->ids->len) {
    *id = (LimberId){ { 0 } };
    return FALSE;
  }
  *id = g_array_index (self->ids, LimberId, at - 1);
  return TRUE;
}

/**
 * limber_setup_choice_staff:
 *
 * Returns: (transfer full) (nullable): a name, of whoever has not left
 */
char *
limber_setup_choice_staff (LimberRow *row)
{
  return limber_row_integer (row, "left") != 0 ? NULL : limber_person_spoken (limber_row_text (row, "given"), limber_row_text (row, "family"));
}

/**
 * limber_setup_choice_place:
 *
 * Returns: (transfer full) (nullable): the name of a room that is not closed
 */
char *
limber_setup_choice_place (LimberRow *row)
{
  return limber_row_integer (row, "closed") != 0 ? NULL : g_strdup (limber_row_text (row, "name"));
}
