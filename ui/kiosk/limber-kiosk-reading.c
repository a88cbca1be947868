#include "limber-kiosk-reading.h"

#include <glib/gi18n-lib.h>

#include "limber-kiosk-keys.h"

/* More keys than this are not told one by one: nobody listens to 31 days. */
#define MANY 12

/* A pause after each thing: a sentence ends, whatever it ends with. */
static void
add (GString *words, const char *text)
{
  g_autofree char *plain = g_strstrip (g_strdup (text));
  gunichar last;

  if (*plain == '\0')
    return;
  if (words->len > 0)
    g_string_append_c (words, '\n');
  g_string_append (words, plain);
  last = g_utf8_get_char (g_utf8_prev_char (words->str + words->len));
  if (!g_unichar_ispunct (last))
    g_string_append_c (words, '.');
}

/* One by one, so that a year is not read as a number, and no dash for what is still missing. */
static void
add_figures (GString *words, const char *text)
{
  g_autoptr (GString) figures = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    if (g_unichar_isalnum (g_utf8_get_char (c))) {
      g_string_append (figures, figures->len > 0 ? " " : "");
      g_string_append_unichar (figures, g_utf8_get_char (c));
    }
  add (words, figures->str);
}

static void
add_label (GString *words, GtkWidget *label)
{
  if (gtk_widget_has_css_class (label, "figures"))
    add_figures (words, gtk_label_get_label (GTK_LABEL (label)));
  else if (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (label)) != GTK_ACCESSIBLE_ROLE_PRESENTATION)
    add (words, gtk_label_get_text (GTK_LABEL (label)));
}

static char *
text_of_key (GtkWidget *key)
{
  const char *label = gtk_button_get_label (GTK_BUTTON (key));

  return label != NULL ? g_strdup (label) : limber_kiosk_reading_of (key);
}

static gboolean
is_figure (GtkWidget *key)
{
  const char *label = gtk_button_get_label (GTK_BUTTON (key));

  return label != NULL && g_ascii_isdigit (*label);
}

/* Whether it was a set of many keys: the letters, or the figures, are told by their first and their last. */
static gboolean
add_many_keys (GString *words, GtkWidget *keys)
{
  guint count = 0;

  for (GtkWidget *key = gtk_widget_get_first_child (keys); key != NULL; key = gtk_widget_get_next_sibling (key))
    count++;
  if (count <= MANY)
    return FALSE;
  for (GtkWidget *key = gtk_widget_get_first_child (keys), *first = key, *next; key != NULL; key = next) {
    g_autofree char *from = text_of_key (first), *to = text_of_key (key), *text = NULL;

    next = gtk_widget_get_next_sibling (key);
    if (next != NULL && is_figure (next) == is_figure (key))
      continue;
    /* Translators: read aloud in place of all the keys of a page: "From A to Z", "From 1 to 31". */
    text = g_strdup_printf (_("From %1$s to %2$s"), from, to);
    add (words, text);
    first = next;
  }
  return TRUE;
}

static void
collect (GString *words, GtkWidget *widget)
{
  if (!gtk_widget_get_visible (widget) || !gtk_widget_get_child_visible (widget) || gtk_widget_has_css_class (widget, LIMBER_KIOSK_READING_SECRET))
    return;
  if (GTK_IS_BUTTON (widget) && !gtk_widget_is_sensitive (widget))
    return;
  if (GTK_IS_LABEL (widget))
    add_label (words, widget);
  if (LIMBER_IS_KIOSK_KEYS (widget) && add_many_keys (words, widget))
    return;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    collect (words, child);
}

/**
 * limber_kiosk_reading_of:
 * @widget: a page, or a control
 *
 * Returns: (transfer full): what can be read in it, in the order in which it stands there, a line for each thing; empty for what is secret
 */
char *
limber_kiosk_reading_of (GtkWidget *widget)
{
  GString *words = g_string_new (NULL);

  if (!limber_kiosk_reading_is_secret (widget))
    collect (words, widget);
  return g_string_free (words, FALSE);
}

/**
 * limber_kiosk_reading_is_secret:
 *
 * Returns: whether the widget stands in something that is not spoken
 */
gboolean
limber_kiosk_reading_is_secret (GtkWidget *widget)
{
  for (GtkWidget *inside = widget; inside != NULL; inside = gtk_widget_get_parent (inside))
    if (gtk_widget_has_css_class (inside, LIMBER_KIOSK_READING_SECRET))
      return TRUE;
  return FALSE;
}
