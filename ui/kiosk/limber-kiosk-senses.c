#include "limber-kiosk-senses.h"

#include <glib/gi18n-lib.h>

#include "limber-kiosk-language.h"
#include "limber-kiosk-mark.h"
#include "limber-kiosk-reading.h"

#define LOUDEST 5
#define LOUD_AT_FIRST 3
/* Milliseconds: who holds a key or the screen so long begins the use by one button, or ends it. */
#define HOLD 3000

struct _LimberKioskSenses {
  GtkBox parent_instance;

  LimberSpeech      *speech; /* (owned) */
  LimberKioskSwitch *hand;   /* (owned) */
  LimberKioskPage   *page;   /* (unowned) (nullable): the page that is shown */
  GtkWidget         *top;    /* (unowned) (nullable): what stands above every page and is read before it */
  GtkWidget         *tools;  /* (unowned) (nullable): where this stands, with the others */
  gboolean           may_speak, aloud, first, words;
  guint              loudness; /* 1 to LOUDEST */
  guint              held_key; /* 0 when none is held */
  guint              holding;  /* a source */

  GtkWidget       *read;
  LimberKioskMark *read_mark;
  GtkLabel        *read_label;
  GtkWidget       *volume;
  GtkWidget       *quieter;
  GtkLabel        *quieter_label;
  GtkWidget       *level;
  GtkWidget       *louder;
  GtkLabel        *louder_label;
  GtkWidget       *one;
  GtkLabel        *one_label;
};

G_DEFINE_FINAL_TYPE (LimberKioskSenses, limber_kiosk_senses, GTK_TYPE_BOX)

static guint changed_signal; /* it needs more room, or less */

/* In the language that is spoken now. */
static gboolean
can_read (LimberKioskSenses *senses)
{
  return senses->may_speak && limber_speech_speaks (senses->speech, limber_kiosk_language_get ()->code);
}

static void
say (LimberKioskSenses *senses, const char *text)
{
  if (!senses->aloud || *text == '\0')
    return;
  limber_speech_set_volume (senses->speech, senses->loudness * 100 / LOUDEST);
  limber_speech_say (senses->speech, limber_kiosk_language_get ()->code, text);
}

static void
read_page (LimberKioskSenses *senses)
{
  g_autofree char *page = NULL, *top = NULL, *all = NULL;

  if (senses->page == NULL || !senses->aloud)
    return;
  page = limber_kiosk_reading_of (GTK_WIDGET (senses->page));
  top = senses->top != NULL && gtk_widget_get_visible (senses->top) ? limber_kiosk_reading_of (senses->top) : g_strdup ("");
  all = *top != '\0' ? g_strconcat (top, "\n", page, NULL) : g_strdup (page);
  say (senses, all);
}

static void
name_tool (LimberKioskSenses *senses, GtkWidget *tool, GtkLabel *label, const char *name)
{
  gtk_label_set_label (label, name);
  gtk_widget_set_visible (GTK_WIDGET (label), senses->words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (tool), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
set_class (GtkWidget *widget, const char *name, gboolean wanted)
{
  if (wanted)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
update (LimberKioskSenses *senses)
{
  gboolean one = limber_kiosk_switch_is_on (senses->hand);
  GtkWidget *bar = gtk_widget_get_first_child (senses->level);

  name_tool (senses, senses->read, senses->read_label, senses->aloud ? _("Stop reading") : _("Read aloud"));
  name_tool (senses, senses->quieter, senses->quieter_label, _("Quieter"));
  name_tool (senses, senses->louder, senses->louder_label, _("Louder"));
  /* Translators: a way to use the screen: a mark moves by itself, and one press anywhere presses what is marked. */
  name_tool (senses, senses->one, senses->one_label, one ? _("Stop one button") : _("One button"));
  limber_kiosk_mark_set_drawing (senses->read_mark, senses->aloud ? "silent" : "speaker");
  gtk_widget_set_visible (senses->read, can_read (senses));
  gtk_widget_set_visible (senses->volume, senses->aloud && can_read (senses));
  gtk_widget_set_visible (senses->one, senses->first || one);
  gtk_widget_set_visible (GTK_WIDGET (senses), senses->first || one || gtk_widget_get_visible (senses->read));
  set_class (senses->read, "on", senses->aloud);
  set_class (senses->one, "on", one);
  for (guint i = 1; bar != NULL; i++, bar = gtk_widget_get_next_sibling (bar))
    set_class (bar, "reached", i <= senses->loudness);
  gtk_widget_action_set_enabled (GTK_WIDGET (senses), "senses.quieter", senses->loudness > 1);
  gtk_widget_action_set_enabled (GTK_WIDGET (senses), "senses.louder", senses->loudness < LOUDEST);
}

static void
change (LimberKioskSenses *senses)
{
  update (senses);
  g_signal_emit (senses, changed_signal, 0);
}

static void
set_aloud (LimberKioskSenses *senses, gboolean aloud)
{
  senses->aloud = aloud && senses->may_speak && limber_speech_is_there (senses->speech); /* a language without a voice may be changed for another */
  if (!senses->aloud)
    limber_speech_stop (senses->speech);
  change (senses);
}

static void
on_read (GtkWidget *widget, const char *action, GVariant *target)
{
  LimberKioskSenses *senses = LIMBER_KIOSK_SENSES (widget);

  set_aloud (senses, !senses->aloud && can_read (senses));
  read_page (senses);
}

static void
on_volume (GtkWidget *widget, const char *action, GVariant *target)
{
  LimberKioskSenses *senses = LIMBER_KIOSK_SENSES (widget);
  g_autofree char *said = NULL;

  senses->loudness = CLAMP (senses->loudness + (g_str_has_suffix (action, "louder") ? 1 : -1), 1u, LOUDEST);
  update (senses);
  /* Translators: how loud it is read: "Volume 3 of 5". */
  said = g_strdup_printf (_("Volume %1$u of %2$u"), senses->loudness, LOUDEST);
  say (senses, said);
}

static void
set_one (LimberKioskSenses *senses, gboolean one)
{
  limber_kiosk_switch_set_on (senses->hand, one);
  change (senses);
}

static void
on_one (GtkWidget *widget, const char *action, GVariant *target)
{
  LimberKioskSenses *senses = LIMBER_KIOSK_SENSES (widget);

  set_one (senses, !limber_kiosk_switch_is_on (senses->hand));
}

/* The voice came, or went. */
static void
on_voice (LimberKioskSenses *senses)
{
  set_aloud (senses, senses->aloud);
}

static void
on_page_says (LimberKioskPage *page, const char *text, LimberKioskSenses *senses)
{
  if (page == senses->page)
    say (senses, text);
}

/* A row is told by its two ends. */
static void
on_marked (LimberKioskSwitch *hand, LimberKioskSenses *senses)
{
  GtkWidget *first, *last;
  g_autofree char *from = NULL, *to = NULL, *text = NULL;

  limber_kiosk_switch_get_marked (hand, &first, &last);
  if (!senses->aloud || first == NULL)
    return;
  from = limber_kiosk_reading_of (first);
  to = limber_kiosk_reading_of (last);
  text = first == last || *to == '\0' ? g_strdup (from) : g_strconcat (from, "\n", to, NULL);
  say (senses, text);
}

static gboolean
on_held (gpointer data)
{
  LimberKioskSenses *senses = data;

  senses->holding = 0;
  set_one (senses, !limber_kiosk_switch_is_on (senses->hand));
  return G_SOURCE_REMOVE;
}

static void
hold (LimberKioskSenses *senses, gboolean held)
{
  g_clear_handle_id (&senses->holding, g_source_remove);
  if (held)
    senses->holding = g_timeout_add (HOLD, on_held, senses);
}

static void
limber_kiosk_senses_dispose (GObject *object)
{
  LimberKioskSenses *senses = LIMBER_KIOSK_SENSES (object);

  g_clear_handle_id (&senses->holding, g_source_remove);
  g_clear_weak_pointer (&senses->page);
  if (senses->hand != NULL)
    limber_kiosk_switch_set_on (senses->hand, FALSE);
  g_clear_object (&senses->hand);
  g_clear_object (&senses->speech);
  gtk_widget_dispose_template (GTK_WIDGET (senses), LIMBER_TYPE_KIOSK_SENSES);
  G_OBJECT_CLASS (limber_kiosk_senses_parent_class)->dispose (object);
}

static void
limber_kiosk_senses_class_init (LimberKioskSensesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_kiosk_senses_dispose;
  g_type_ensure (LIMBER_TYPE_KIOSK_MARK);
  changed_signal = g_signal_new ("changed", LIMBER_TYPE_KIOSK_SENSES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/kiosk/limber-kiosk-senses.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberKioskSenses, read);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskSenses, read_mark);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskSenses, read_label);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskSenses, volume);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskSenses, quieter);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskSenses, quieter_label);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskSenses, level);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskSenses, louder);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskSenses, louder_label);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskSenses, one);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskSenses, one_label);
  gtk_widget_class_install_action (widget_class, "senses.read", NULL, on_read);
  gtk_widget_class_install_action (widget_class, "senses.quieter", NULL, on_volume);
  gtk_widget_class_install_action (widget_class, "senses.louder", NULL, on_volume);
  gtk_widget_class_install_action (widget_class, "senses.one-button", NULL, on_one);
}

static void
limber_kiosk_senses_init (LimberKioskSenses *senses)
{
  gtk_widget_init_template (GTK_WIDGET (senses));
  senses->may_speak = senses->words = TRUE;
  senses->loudness = LOUD_AT_FIRST;
  senses->speech = limber_speech_new ("limber-kiosk", limber_kiosk_language_codes ());
  senses->hand = limber_kiosk_switch_new ();
  g_signal_connect_object (senses->speech, "notify::is-there", G_CALLBACK (on_voice), senses, G_CONNECT_SWAPPED);
  g_signal_connect_object (senses->hand, "marked", G_CALLBACK (on_marked), senses, 0);
  for (guint i = 0; i < LOUDEST; i++) {
    GtkWidget *bar = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "valign", GTK_ALIGN_END, NULL);

    gtk_widget_add_css_class (bar, "bar");
    gtk_box_append (GTK_BOX (senses->level), bar);
  }
  update (senses);
}

/**
 * limber_kiosk_senses_set_tools:
 * @top: what stands above every page and is read before it
 * @tools: what is offered beside every page
 */
void
limber_kiosk_senses_set_tools (LimberKioskSenses *senses, GtkWidget *top, GtkWidget *tools)
{
  senses->top = top;
  senses->tools = tools;
}

/**
 * limber_kiosk_senses_set_page:
 * @page: the page that has come
 * @first: whether it is the one where people begin
 *
 * Reads the page, if that is wanted, and begins to move the mark in it.
 */
void
limber_kiosk_senses_set_page (LimberKioskSenses *senses, LimberKioskPage *page, gboolean first)
{
  g_set_weak_pointer (&senses->page, page);
  senses->first = first;
  g_signal_connect_object (page, "say", G_CALLBACK (on_page_says), senses, 0);
  update (senses);
  limber_kiosk_switch_set_places (senses->hand, GTK_WIDGET (page), senses->tools);
  read_page (senses);
}

/**
 * limber_kiosk_senses_set_focus:
 * @focus: (nullable): what has the focus now
 *
 * Says what it is. What has the focus when a page comes is read with the page; where the mark goes, it is said by the mark.
 */
void
limber_kiosk_senses_set_focus (LimberKioskSenses *senses, GtkWidget *focus)
{
  gboolean on_page = focus != NULL && senses->page != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (senses->page));
  gboolean in_tools = focus != NULL && senses->tools != NULL && gtk_widget_is_ancestor (focus, senses->tools);
  g_autofree char *words = NULL;

  if (!senses->aloud || limber_kiosk_switch_is_on (senses->hand) || (!on_page && !in_tools))
    return;
  words = limber_kiosk_reading_of (focus);
  say (senses, words);
}

/**
 * limber_kiosk_senses_show_words:
 * @words: whether there is room for words under the signs
 */
void
limber_kiosk_senses_show_words (LimberKioskSenses *senses, gboolean words)
{
  senses->words = words;
  update (senses);
}

/**
 * limber_kiosk_senses_reset:
 * @may_speak: whether this site wants its screens to read aloud
 *
 * Another person may come: silent, and no mark that moves.
 */
void
limber_kiosk_senses_reset (LimberKioskSenses *senses, gboolean may_speak)
{
  senses->may_speak = may_speak;
  hold (senses, FALSE);
  senses->held_key = 0;
  senses->loudness = LOUD_AT_FIRST;
  limber_kiosk_switch_set_on (senses->hand, FALSE);
  set_aloud (senses, FALSE);
}

/**
 * limber_kiosk_senses_key:
 * @keyval: the key that went down, or still is: none that has a letter
 * @trembles: it is the press before once more, by a hand that trembles: it may be held, but presses nothing
 *
 * Returns: whether nothing else may come of the key: it pressed what is marked, or it is held and only repeats itself
 */
gboolean
limber_kiosk_senses_key (LimberKioskSenses *senses, guint keyval, gboolean trembles)
{
  gboolean presses = keyval == GDK_KEY_space || keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_ISO_Enter;
  gboolean repeats = keyval == senses->held_key;

  senses->held_key = keyval;
  if (repeats)
    return presses || limber_kiosk_switch_is_on (senses->hand);
  hold (senses, presses);
  if (!limber_kiosk_switch_is_on (senses->hand))
    return FALSE;
  if (!trembles)
    limber_kiosk_switch_press (senses->hand);
  return TRUE;
}

void
limber_kiosk_senses_key_released (LimberKioskSenses *senses, guint keyval)
{
  if (keyval != senses->held_key)
    return;
  senses->held_key = 0;
  hold (senses, FALSE);
}

/**
 * limber_kiosk_senses_touch:
 * @type: what a finger or the pointer did, anywhere
 * @trembles: as for a key
 *
 * Returns: whether it pressed what is marked, and nothing where it was
 */
gboolean
limber_kiosk_senses_touch (LimberKioskSenses *senses, GdkEventType type, gboolean trembles)
{
  gboolean begins = type == GDK_BUTTON_PRESS || type == GDK_TOUCH_BEGIN, ends = type == GDK_BUTTON_RELEASE || type == GDK_TOUCH_END || type == GDK_TOUCH_CANCEL;

  if (!limber_kiosk_switch_is_on (senses->hand) || (!begins && !ends))
    return FALSE;
  hold (senses, begins);
  if (begins && !trembles)
    limber_kiosk_switch_press (senses->hand);
  return TRUE;
}

/**
 * limber_kiosk_senses_needs_time:
 *
 * Returns: whether the screen must not go on by itself yet: it is still reading, or the mark is still on its way
 */
gboolean
limber_kiosk_senses_needs_time (LimberKioskSenses *senses)
{
  return (senses->aloud && limber_speech_is_speaking (senses->speech)) || limber_kiosk_switch_is_patient (senses->hand);
}

LimberSpeech *
limber_kiosk_senses_get_speech (LimberKioskSenses *senses)
{
  return senses->speech;
}

LimberKioskSwitch *
limber_kiosk_senses_get_switch (LimberKioskSenses *senses)
{
  return senses->hand;
}
