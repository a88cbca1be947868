"""A site with sixty people expected this morning, each found by three letters, and one who is not."""

import csv

from limber import Site, Trouble, moment

# No two begin with the same three letters, and no first name with any of theirs: three keys are one person.
FAMILIES = ('Abbott Ackroyd Adeyemi Ahlberg Akhtar Albright Ambrose Anstey Appleby Ashdown Atwell Babbage Beckett Birchall Bonham Bracken Bulmer Calloway Chadwick Clegg Cobham Crispin '
            'Dalby Denholm Dobson Drummond Eagleton Eckley Elgar Emmott Erskine Fairley Fenwick Fielding Foxley Gainsford Gethin Gilroy Goddard Greaves Hadley Hepworth Hobday Huxley '
            'Ibbotson Iqbal Jagger Jessop Kapoor Kirkby Lambert Leyland Lomax Maddox Mistry Norwood Okafor Pemberton Quarles Radcliffe').split()
GIVEN = ('Wendy', 'Peter', 'Sunita', 'Yusuf', 'Olive', 'Thomas', 'Uma', 'Victor', 'Moira', 'Stefan')
CLINICIANS = {'S0011': 'Rowe', 'S0012': 'Sato', 'S0013': 'Thorne', 'S0014': 'Usher'}


class Sixty(Site):
    """A site with sixty people expected this morning, and one who is not."""

    def nhs_number(self, number):
        """The next that is one: 999, six figures, and the check by Modulus 11."""
        for figures in range(number * 11, 1000000):
            digits = f'999{figures:06}'
            check = 11 - sum(int(digit) * (10 - at) for at, digit in enumerate(digits)) % 11
            if check != 10:
                return f'{digits}{0 if check == 11 else check}'
        raise Trouble('no NHS number')

    def write_lists(self, lists):
        lists.mkdir()

        def write(name, header, rows):
            with open(lists / f'{name}.csv', 'w', encoding='utf-8', newline='') as file:
                csv.writer(file).writerows([header.split(','), *rows])
        write('sites', 'code,name,kind,places', [('LMB01', 'Lime Tree Clinic', 'health-centre', 'Room 1;Room 2;Room 3;Room 4')])
        write('practices', 'code,name,address,postcode,phone', [('X98001', 'Lime Tree Surgery', '55 Forge Close; Harrow', 'HA4 6QQ', '020 7946 0313')])
        write('staff', 'id,family,given,role,site,trained',
              [('S0001', 'Pugh', 'Cerys', 'reception', 'LMB01', ''), ('S0002', 'Gohil', 'Manoj', 'reception', 'LMB01', ''), ('S0003', 'Suthar', 'Aruna', 'reception', 'LMB01', ''),
               ('S0009', 'Bhavsar', 'Chandrakant', 'service-manager', 'LMB01', ''),
               *((code, family, 'Jo', 'physiotherapist', 'LMB01', '') for code, family in CLINICIANS.items())])
        families, clinicians = (*FAMILIES, 'Sutcliffe'), list(CLINICIANS)
        write('patients', 'id,nhs_number,family,given,title,born,sex,mobile,phone,email,address,postcode,gp,language,needs,restricted,died',
              [(f'P{number:07}', self.nhs_number(number), family, GIVEN[number % 10], '', f'{1940 + number}-{1 + number % 12:02}-{1 + number % 28:02}', 1 + number % 2,
                f'07700 900{number:03}', '', '', f'{number} Hawthorn Way;Harrow', 'HA7 5HX', 'X98001', 'en', '', 0, '') for number, family in enumerate(families, 1)])
        write('referrals', 'id,patient,received,source,from,service,priority,reason',
              [(f'R{number:06}', f'P{number:07}', '2026-09-01', 'gp', 'X98001', 'physiotherapy', 'routine', 'neck pain') for number in range(1, len(families) + 1)])
        starts = [(f'2026-11-23T{10 + at // 6:02}:{at % 6 * 10:02}:00+00:00', which) for at in range(15) for which in range(4)]
        write('appointments', 'id,referral,patient,site,clinician,start,minutes,place,type,service,status',
              [(f'A{number:07}', f'R{number:06}', f'P{number:07}', 'LMB01', clinicians[which], start, 10, f'Room {which + 1}', 'follow-up', 'physiotherapy', 'booked')
               for number, (start, which) in enumerate(starts, 1)] +
              [('A0000061', 'R000061', 'P0000061', 'LMB01', clinicians[0], '2026-12-07T10:00:00+00:00', 10, 'Room 1', 'follow-up', 'physiotherapy', 'booked')])
        return f'{len(families)} people, {len(starts)} appointments today'


class One:
    """Somebody who is expected."""

    def __init__(self, number, family, appointment):
        self.family, self.given, self.key = family, GIVEN[number % 10], family[:3].lower()
        self.day, self.month, self.year, self.initial = 1 + number % 28, 1 + number % 12, 1940 + number, family[0]
        self.appointment, self.start = appointment['id'], moment(appointment['start'])

    def __str__(self):
        return f'{self.given} {self.family}'
