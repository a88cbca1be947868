/* A row a language, those that are offered first. What it says is a list as the kind `site` has it: nothing for all in the usual order. */
#include "limber-languages.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-settings.h"

struct _LimberLanguages {
  GtkWidget   parent_instance;
  GPtrArray  *codes;   /* (owned) (element-type utf8): all, in their order */
  guint       offered; /* how many of them, the first ones, are offered */
  GtkWidget  *box;
};

enum {
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberLanguages, limber_languages, GTK_TYPE_WIDGET)

static void fill (LimberLanguages *self, int focus);

static guint
index_of (LimberLanguages *self, gpointer code)
{
  guint i = 0;

  return g_ptr_array_find_with_equal_func (self->codes, code, g_str_equal, &i) ? i : 0;
}

static void
move (LimberLanguages *self, guint from, guint to)
{
  char *code = g_ptr_array_steal_index (self->codes, from);

  g_ptr_array_insert (self->codes, (int) to, code);
}

/* Somebody must be able to read something: the last one stays. */
static void
toggled (GtkCheckButton *check, LimberLanguages *self)
{
  guint at = index_of (self, g_object_get_data (G_OBJECT (check), "code"));

  if (gtk_check_button_get_active (check))
    move (self, at, self->offered++);
  else if (self->offered > 1)
    move (self, at, --self->offered);
  fill (self, -1);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
up_pressed (GtkButton *button, LimberLanguages *self)
{
  guint at = index_of (self, g_object_get_data (G_OBJECT (button), "code"));

  if (at == 0)
    return;
  move (self, at, at - 1);
  fill (self, (int) at - 1);
  g_signal_emit (self, signals[CHANGED], 0);
}

static GtkWidget *
make_row (LimberLanguages *self, guint i)
{
  const char *code = self->codes->pdata[i], *words = limber_settings_language_words (code);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *check = gtk_check_button_new_with_label (words), *up = gtk_button_new_from_icon_name ("go-up-symbolic");
  /* Translators: %s is a language. */
  g_autofree char *name = g_strdup_printf (_("Offer %s earlier"), words);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), i < self->offered);
  gtk_widget_set_hexpand (check, TRUE);
  g_object_set_data_full (G_OBJECT (check), "code", g_strdup (code), g_free);
  g_object_set_data_full (G_OBJECT (up), "code", g_strdup (code), g_free);
  gtk_widget_add_css_class (up, "flat");
  gtk_widget_set_tooltip_text (up, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (up), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_sensitive (up, i > 0 && i < self->offered);
  g_signal_connect (check, "toggled", G_CALLBACK (toggled), self);
  g_signal_connect (up, "clicked", G_CALLBACK (up_pressed), self);
  gtk_box_append (GTK_BOX (row), check);
  gtk_box_append (GTK_BOX (row), up);
  return row;
}

/* @focus: the row whose button keeps the focus, -1 for none */
static void
fill (LimberLanguages *self, int focus)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
  for (guint i = 0; i < self->codes->len; i++) {
    GtkWidget *row = make_row (self, i);

    gtk_box_append (GTK_BOX (self->box), row);
    if ((int) i == focus)
      gtk_widget_grab_focus (gtk_widget_is_sensitive (gtk_widget_get_last_child (row)) ? gtk_widget_get_last_child (row) : gtk_widget_get_first_child (row));
  }
}

static void
limber_languages_dispose (GObject *object)
{
  LimberLanguages *self = LIMBER_LANGUAGES (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->codes, g_ptr_array_unref);
  G_OBJECT_CLASS (limber_languages_parent_class)->dispose (object);
}

static void
limber_languages_class_init (LimberLanguagesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = limber_languages_dispose;
  signals[CHANGED] = g_signal_new ("changed", LIMBER_TYPE_LANGUAGES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
limber_languages_init (LimberLanguages *self)
{
  self->codes = g_ptr_array_new_with_free_func (g_free);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
limber_languages_new (void)
{
  return g_object_new (LIMBER_TYPE_LANGUAGES, NULL);
}

/**
 * limber_languages_set_text:
 * @text: codes between semicolons; nothing for all in the usual order
 */
void
limber_languages_set_text (LimberLanguages *self, const char *text)
{
  g_auto (GStrv) codes = g_strsplit (text != NULL ? text : "", ";", -1);
  const char *code;

  g_ptr_array_set_size (self->codes, 0);
  for (guint i = 0; codes[i] != NULL; i++)
    if (*g_strstrip (codes[i]) != '\0')
      g_ptr_array_add (self->codes, g_strdup (codes[i]));
  self->offered = self->codes->len;
  for (guint i = 0; (code = limber_settings_language (i)) != NULL; i++)
    if (!g_ptr_array_find_with_equal_func (self->codes, code, g_str_equal, NULL))
      g_ptr_array_add (self->codes, g_strdup (code));
  if (self->offered == 0)
    self->offered = self->codes->len;
  fill (self, -1);
}

/**
 * limber_languages_dup_text:
 *
 * Returns: (transfer full): codes between semicolons; nothing for all in the usual order
 */
char *
limber_languages_dup_text (LimberLanguages *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean usual = self->offered == self->codes->len;

  for (guint i = 0; i < self->offered; i++) {
    g_string_append_printf (text, "%s%s", i > 0 ? ";" : "", (const char *) self->codes->pdata[i]);
    usual = usual && g_strcmp0 (self->codes->pdata[i], limber_settings_language (i)) == 0;
  }
  return usual ? g_strdup ("") : g_string_free (g_steal_pointer (&text), FALSE);
}
