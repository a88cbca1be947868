#include "limber-settings.h"

#include <glib/gi18n-lib.h>

#include "limber-kind.h"

#define SITE N_("The site")
#define CHECK_IN N_("Check-in")
#define KIOSK N_("Kiosks")
#define WAITING N_("Waiting room")
#define SAFETY N_("Safety")
#define LISTS N_("Lists from other systems")

static const LimberSettingChoice kinds[] = {
  { NULL, N_("Not said") }, { "health-centre", N_("Health centre") }, { "leisure-centre", N_("Leisure centre") }, { "church-hall", N_("Church or village hall") }, { "other", N_("Something else") }, { NULL, NULL },
};
static const LimberSettingChoice on_off[] = { { NULL, N_("Yes") }, { "off", N_("No") }, { NULL, NULL } };
static const LimberSettingChoice call_by[] = { { NULL, N_("The screen calls nobody") }, { "name", N_("First name and initial") }, { "number", N_("Number") }, { NULL, NULL } };
static const LimberSettingChoice gone[] = { { NULL, N_("Keep it") }, { "ask", N_("Ask the desk") }, { "cancel", N_("Cancel it") }, { NULL, NULL } };

/* What a number is where nothing is said is a rule of app/care, of the board, or of sign-in. */
static const LimberSetting settings[] = {
  { SITE, "name", LIMBER_SETTING_NAME, N_("Name"), N_("As patients and staff read it on every screen and letter.") },
  { SITE, "kind", LIMBER_SETTING_CHOICE, N_("What it is"), N_("Shown to staff where sites stand side by side."), .choices = kinds },
  { SITE, "closes", LIMBER_SETTING_CLOCK, N_("Closes at"), N_("From then on, visits that nobody has closed count as over. Type it as 17:30, or nothing.") },
  { CHECK_IN, "early_minutes", LIMBER_SETTING_NUMBER, N_("Minutes before the appointment"), N_("From when on a kiosk checks people in. Who comes earlier is told when to come back."), 0, 1440, 30 },
  { CHECK_IN, "late_minutes", LIMBER_SETTING_NUMBER, N_("Minutes after its start"), N_("Until when a kiosk checks people in. Who comes later is sent to the desk; the desk always can."), 0, 1440, 5 },
  { CHECK_IN, "ask_year", LIMBER_SETTING_SWITCH, N_("Ask everybody for the year of birth"), N_("One question more at the kiosk, and fewer people who match two.") },
  { CHECK_IN, "details_days", LIMBER_SETTING_NUMBER, N_("Days between asking for details"), N_("How often the kiosk asks whether the telephone number is still right; 0 for never."), 0, 3650, 182 },
  { KIOSK, "languages", LIMBER_SETTING_LANGUAGES, N_("Languages"), N_("What kiosks offer. The first is for everybody who asks for none.") },
  { KIOSK, "speak", LIMBER_SETTING_CHOICE, N_("Offer to read aloud"), N_("Kiosks read their pages to whoever presses the loudspeaker."), .choices = on_off },
  { WAITING, "call_by", LIMBER_SETTING_CHOICE, N_("How people are called"), N_("On the waiting-room screen. Whoever wants it stricter is called by number or fetched, as her page says."), .choices = call_by },
  { WAITING, "call_minutes", LIMBER_SETTING_NUMBER, N_("Minutes in large"), N_("How long a call stands in large letters."), 1, 30, 2 },
  { WAITING, "recent_minutes", LIMBER_SETTING_NUMBER, N_("Minutes among the last"), N_("How long it then stands among the last that were called."), 0, 240, 30 },
  { WAITING, "volume", LIMBER_SETTING_NUMBER, N_("Loudness of chime and voice"), N_("Per cent; 0 for silence."), 0, 100, 80 },
  { SAFETY, "lock_minutes", LIMBER_SETTING_NUMBER, N_("Minutes until a screen locks itself"), N_("When nobody touches a staff computer."), 1, 120, 10 },
  { SAFETY, "sign_in_hours", LIMBER_SETTING_NUMBER, N_("Hours without central"), N_("So long staff sign in by PIN alone on a computer that hears nothing from central; somebody who has left is shut out then at the latest. 0 for ever."), 0, 8784, 96 },
  { SAFETY, "glass_minutes", LIMBER_SETTING_NUMBER, N_("Minutes that broken glass stays broken"), N_("How long somebody who had to look beyond her role may go on."), 5, 1440, 60 },
  { LISTS, "gone", LIMBER_SETTING_CHOICE, N_("An appointment that is no longer listed"), N_("What becomes of it when central takes in a newer list, which is done there. What staff have touched is never changed."), .choices = gone },
};

/* A language in its own words; what kiosks are translated into. */
static const struct {
  const char *code, *words;
} languages[] = { { "en", "English" }, { "gu", "ગુજરાતી (Gujarati)" }, { "ta", "தமிழ் (Tamil)" }, { "ro", "Română (Romanian)" }, { "pl", "Polski (Polish)" }, { "ar", "العربية (Arabic)" } };

/**
 * limber_settings_at:
 *
 * Returns: (nullable): the setting number @i of those that this Limber's sites have
 */
const LimberSetting *
limber_settings_at (guint i)
{
  const LimberKind *site = limber_kind_by_name ("site");

  for (guint j = 0; j < G_N_ELEMENTS (settings); j++)
    if (limber_kind_field (site, settings[j].field) >= 0 && i-- == 0)
      return &settings[j];
  return NULL;
}

/**
 * limber_settings_language:
 *
 * Returns: (nullable): the code of language number @i, in the order that counts where nothing is said
 */
const char *
limber_settings_language (guint i)
{
  return i < G_N_ELEMENTS (languages) ? languages[i].code : NULL;
}

/**
 * limber_settings_language_words:
 *
 * Returns: what a language is called; its code where this Limber does not know it
 */
const char *
limber_settings_language_words (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    if (g_str_equal (languages[i].code, code))
      return languages[i].words;
  return code;
}
