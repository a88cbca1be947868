/* GTK 4.8 takes the contents of such a window from a description only, so one is written from the table. */
#include "limber-keys.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char *
group_words (LimberKeysGroup group)
{
  switch (group) {
  case LIMBER_KEYS_FIND:
    return _("Finding somebody");
  case LIMBER_KEYS_VISIT:
    return _("Whoever is selected");
  case LIMBER_KEYS_DIARY:
    return _("In the diary");
  case LIMBER_KEYS_PAGES:
    return _("Pages");
  default:
    return _("Everywhere");
  }
}

static void
describe_key (GString *out, const LimberKey *key)
{
  gboolean twice = key->keys[1] != NULL && strstr (key->keys[1], "KP_") != NULL; /* the same key among the figures */
  g_autofree char *accelerators = twice ? g_strdup (key->keys[0]) : g_strjoinv (" ", (char **) key->keys);
  g_autofree char *shortcut = g_markup_printf_escaped ("<child><object class='GtkShortcutsShortcut'><property name='accelerator'>%s</property><property name='title'>%s</property></object></child>",
                                                       accelerators, key->words != NULL ? _(key->words) : key->action);

  g_string_append (out, shortcut);
}

/**
 * limber_keys_window_new:
 * @parent: over which it stands
 * @keys: all of them
 *
 * Returns: (transfer none): a window that lists the keys by what they are for; GTK keeps it until it is closed
 */
GtkWidget *
limber_keys_window_new (GtkWindow *parent, const LimberKey *keys, gsize n)
{
  g_autoptr (GString) out = g_string_new ("<interface><object class='GtkShortcutsWindow' id='window'><property name='modal'>1</property><child><object class='GtkShortcutsSection'>"
                                          "<property name='section-name'>keys</property><property name='max-height'>16</property>");
  g_autoptr (GtkBuilder) builder = NULL;
  GtkWidget *window;

  for (guint group = 0; group < LIMBER_KEYS_GROUPS; group++) {
    g_autofree char *begin = g_markup_printf_escaped ("<child><object class='GtkShortcutsGroup'><property name='title'>%s</property>", group_words (group));

    g_string_append (out, begin);
    for (gsize i = 0; i < n; i++)
      if (keys[i].group == group)
        describe_key (out, &keys[i]);
    g_string_append (out, "</object></child>");
  }
  g_string_append (out, "</object></child></object></interface>");
  builder = gtk_builder_new_from_string (out->str, -1);
  window = GTK_WIDGET (gtk_builder_get_object (builder, "window"));
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  return window;
}
